import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, signIn } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';
import { startSignInHouse, type SignInHouse } from '../support/signInHouse.ts';

let product: Product;
let house: SignInHouse;
let admin: string;

/** A browser of its own: follows answers by hand, keeps cookies of each site. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async go(url: string, form?: Record<string, string>): Promise<Response> {
    const site = new URL(url).host;
    const kept = this.#cookies.get(site) ?? new Map<string, string>();
    this.#cookies.set(site, kept);
    const answer = await fetch(url, { redirect: 'manual', method: form ? 'POST' : 'GET', headers: { cookie: [...kept].map(([name, value]) => `${name}=${value}`).join('; '), ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) }, ...(form ? { body: new URLSearchParams(form).toString() } : {}) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      kept.set(name, value);
    }
    return answer;
  }

  cookie(url: string, name: string): string | undefined {
    return this.#cookies.get(new URL(url).host)?.get(name);
  }
}

/** Signs in at the service as a person would, and returns what the product answered when the browser came back. */
async function enter(browser: Browser, login: string, onWayBack: (url: string) => string = (url) => url): Promise<Response> {
  let answer = await browser.go(`${product.url}/api/v1/session/service/start`);
  for (let step = 0; step < 20; step += 1) {
    const target = answer.headers.get('location');
    if (target === null) {
      const page = await answer.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (!action) return new Response(page, { status: answer.status });
      answer = await browser.go(new URL(action, house.issuer).href, page.includes('name="login"') ? { prompt: 'login', login, password: 'x' } : { prompt: 'consent' });
      continue;
    }
    const url = new URL(target, answer.url || house.issuer).href;
    if (url.startsWith(`${product.url}/api/v1/session/service/back`)) return browser.go(onWayBack(url));
    answer = await browser.go(url.startsWith('http') ? url : new URL(target, house.issuer).href);
  }
  throw new Error('the way in never ended');
}

beforeAll(async () => {
  product = await startProduct();
  admin = await signIn(product.url);
  house = await startSignInHouse(product.url);
  const answer = await fetch(`${product.url}/api/v1/security/sign-in-service`, {
    method: 'PUT', headers: { cookie: admin, 'content-type': 'application/json' },
    body: JSON.stringify({ isOn: true, name: 'Tài khoản công vụ', issuer: house.issuer, clientId: house.clientId, clientSecret: house.clientSecret, groupsClaim: 'groups', grants: [{ group: 'ioc-operators', roles: ['operator'], units: null }, { group: 'ward-20242', roles: ['unit-officer'], units: ['20242'] }] }),
  });
  expect(answer.status).toBe(200);
});
afterAll(async () => {
  await product?.close();
  house?.close();
});

test.each([['truc-ban', ['operator'], null], ['can-bo', ['unit-officer'], ['20242']]])('%s enters with the rights of the groups', async (login, roles, units) => {
  const browser = new Browser();
  expect((await enter(browser, login)).headers.get('location')).toBe('/');
  const me = await call<{ name: string; roles: string[]; units: string[] | null }>(product.url, `__Host-ioc=${browser.cookie(product.url, '__Host-ioc')}`, '/api/v1/session');
  expect(me).toMatchObject({ name: `Người dùng ${login}`, roles, units });
});

test('a person of no known group stays outside, and gets one plain sentence', async () => {
  const answer = await enter(new Browser(), 'nguoi-la');
  expect(answer.status).toBe(401);
  expect(((await answer.json()) as { fault: { code: string; message: string } }).fault).toMatchObject({ code: 'AUTH_SERVICE', message: expect.stringContaining('liên hệ quản trị') });
});

test('a way back that was changed, used twice, or begun by another browser is refused', async () => {
  const changes: ((url: string) => string)[] = [(url) => url.replace(/code=[^&]+/, 'code=khac'), (url) => url.replace(/state=[^&]+/, 'state=khac'), (url) => url.replace(/&?iss=[^&]+/, '&iss=http%3A%2F%2Fevil.example')];
  for (const change of changes) expect((await enter(new Browser(), 'truc-ban', change)).status).toBe(401);
  let way = '';
  const browser = new Browser();
  expect((await enter(browser, 'truc-ban', (url) => (way = url))).status).toBe(303);
  expect((await browser.go(way)).status).toBe(401);
  let stolen = '';
  await enter(new Browser(), 'truc-ban', (url) => ((stolen = url), `${product.url}/api/v1/session/service/back?state=x`));
  expect((await new Browser().go(stolen)).status).toBe(401);
});

test('its secret is never read back, and a closed account stays closed', async () => {
  const shown = await (await fetch(`${product.url}/api/v1/security/sign-in-service`, { headers: { cookie: admin } })).text();
  expect(shown).toContain('ioc-operators');
  expect(shown).not.toContain('bi-mat');
  const { items } = await call<{ items: { id: string; user: string }[] }>(product.url, admin, '/api/v1/users');
  const officer = items.find(({ user }) => user.startsWith('can-bo@'));
  await call(product.url, admin, `/api/v1/users/${officer?.id}/disabled`, { isDisabled: true });
  expect((await enter(new Browser(), 'can-bo')).status).toBe(401);
});
