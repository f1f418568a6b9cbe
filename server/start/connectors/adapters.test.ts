import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ConnectorText } from '#contract/connector.ts';
import { okay } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { createRealClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createRandom } from '../../kernel/random.ts';
import { createRedBench, OPERATOR, units, type RedBench } from '../../store/red/testing/bench.ts';
import { createAnswering } from '../../store/red/answering.ts';
import { createRegister } from '../../store/register/register.ts';
import { testSeal } from '../../store/topics/testStore.ts';
import { scopeOf } from '../../domain/scope.ts';
import { loadServices } from '../catalogue.ts';
import { ROOT } from '../root.ts';
import { openConnectors } from './house.ts';

const ADMIN: Principal = { kind: 'person', id: 'us-1', name: 'Quản trị', roles: ['admin'], units: null };
const SECRET = 'khoa-cua-he-thong-dai';
const SOON = { timeout: 20_000, interval: 40 };
type Row = Record<string, unknown>;

const { adapters } = loadServices(ROOT).read;
const folderOf = (id: string) => join(ROOT, 'server/services', id.startsWith('igate') ? 'public-services' : 'document-management', 'connectors');
/** The contract of an adapter: what its system answers, as its vendor agreed to it. */
const contractOf = (id: string): Record<string, unknown> => JSON.parse(readFileSync(join(folderOf(id), `${id}.answer.json`), 'utf8')) as Record<string, unknown>;
const rowsOf = (text: ConnectorText, answer: unknown): Row[] => text.items.split('.').reduce((at, part) => (at as Record<string, unknown>)[part], answer) as Row[];

/** What iOffice was told of assignments, and the one it does not want to hear of. */
const told: { key: string; body: Row }[] = [];
let refusedRef = '';

/** A system that speaks by the contract: asks for its credential, tells one page and then none. */
async function startSystem(text: ConnectorText) {
  const answer = contractOf(text.id);
  const all = [...rowsOf(text, answer)];
  const asked: string[] = [];
  const isWelcome = ({ headers }: IncomingMessage) => headers.authorization === 'Bearer the-token' || headers['x-api-key'] === SECRET;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://system');
      const say = (status: number, value: unknown) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      if (url.pathname.endsWith('/token')) return request.headers.authorization === `Basic ${Buffer.from(`ioc:${SECRET}`).toString('base64')}` ? say(200, { access_token: 'the-token', token_type: 'bearer', expires_in: 3600 }) : say(401, {});
      if (!isWelcome(request)) return say(401, {});
      asked.push(`${request.method} ${url.pathname}${url.search} ${body}`);
      if (request.method === 'PUT') {
        if (refusedRef !== '' && url.pathname.includes(refusedRef)) return say(422, { loi: 'nhiệm vụ đã đóng' });
        told.push({ key: String(request.headers['idempotency-key']), body: JSON.parse(body) as Row });
        return say(200, {});
      }
      const page = Number(url.searchParams.get('trang') ?? (JSON.parse(body || '{}') as { trang?: number }).trang ?? 0);
      const first = text.way.kind === 'http' && text.way.paging.kind === 'page' ? text.way.paging.first : 0;
      rowsOf(text, answer).splice(0, Infinity, ...(page === first ? all : []));
      return say(200, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const local = JSON.parse(JSON.stringify(text).replaceAll(/https:\/\/i(gate|desk|office)\.example/g, base)) as ConnectorText;
  return { text: local, rows: all, asked, close: () => new Promise<void>((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}

const dataFolder = mkdtempSync(join(tmpdir(), 'adapters-'));
const systems = new Map((await Promise.all(adapters.map(startSystem))).map((one) => [one.text.id, one]));
let bench: RedBench;
let house: Awaited<ReturnType<typeof openConnectors>>;
beforeAll(async () => {
  bench = await createRedBench('embedded');
  house = await openConnectors({ engine: bench.engine, seal: testSeal, door: bench.door, units, places: { isInVietnam: () => true, wardAt: () => null }, clock: { ...createRealClock(), now: bench.clock.now }, random: createRandom(1), log: createSilentLog(), dataFolder, isOnDuty: () => true, quality: async () => okay({ at: 0, items: [] }) });
  await house.start();
}, 120_000);
afterAll(async () => {
  await house.close();
  await Promise.all([...systems.values()].map((one) => one.close()));
  await bench.close();
  rmSync(dataFolder, { recursive: true });
});

const taken = async (id: string) => {
  const { text } = systems.get(id)!;
  const written = await house.write(ADMIN, text, { secret: SECRET }, 0);
  if (!written.ok) throw new Error(JSON.stringify(written.fault));
  await house.turn(ADMIN, id, true);
  await vi.waitFor(async () => {
    const all = await house.list();
    expect(all.ok && all.value.find((one) => one.id === id)).toMatchObject({ state: 'live', accepted: systems.get(id)!.rows.length, rejected: 0 });
  }, SOON);
};

test('the systems of dossiers, documents and assignments have adapters, each with its contract', () => {
  expect(adapters.map(({ id, topic }) => `${id} ${topic}`).sort()).toEqual(['idesk-lien-thong document', 'igate-ho-so dossier', 'igate-lien-thong document', 'ioffice-nhiem-vu assignment']);
});

test.each(adapters.map(({ id }) => id))('%s takes every row of its contract; a row without what the contract promises is named', async (id) => {
  const system = systems.get(id)!;
  const tried = await house.preview(system.text, { secret: SECRET });
  expect(tried).toMatchObject({ ok: true, value: { rows: system.rows.length, good: system.rows.length, fault: null, warnings: [] } });
  expect(system.asked[0]).not.toMatch(/\{(since|until|page|size)\}/);
  expect(await house.preview(system.text, { secret: 'sai' })).toMatchObject({ value: { fault: { code: 'SOURCE_LOGIN' } } });
  const [field] = Object.keys(system.rows[0]!).filter((name) => ['trichYeu', 'tiepNhan', 'noiDung'].includes(name));
  const whole = system.rows[0]!;
  const { [field!]: _gone, ...broken } = whole;
  system.rows[0] = broken;
  const cut = await house.preview(system.text, { secret: SECRET });
  system.rows[0] = whole;
  expect(cut.ok && cut.value.good).toBe(system.rows.length - 1);
  expect(cut.ok && cut.value.samples.find(({ refusal }) => refusal)?.refusal?.line).toBe(1);
});

test('what iGate handed over and what iDesk took are reconciled: in one and not in the other, told differently', async () => {
  await taken('igate-lien-thong');
  await taken('idesk-lien-thong');
  const compared = await createRegister({ engine: bench.engine, clock: bench.clock, units }).reconcile('document', 'igate-lien-thong', 'idesk-lien-thong', scopeOf(OPERATOR, units.subtree));
  expect(compared.ok && compared.value).toMatchObject({ inBoth: 3, same: 2, differing: 1, onlyA: 1, onlyB: 1 });
  expect(compared.ok && compared.value.rows.map(({ name, a, b }) => [name, a !== null, b !== null])).toEqual([['H17.01-260901-0002', true, true], ['H17.02-260902-0001', true, false], ['H17.02-260902-0009', false, true]]);
});

test('dossiers of a day come by procedure, unit and level', async () => {
  await taken('igate-ho-so');
  const rows = await bench.engine.query<{ procedure: string; level: string }>(`select "values" ->> 'procedure' as procedure, "values" ->> 'level' as level from record where source = 'igate-ho-so' order by 1`);
  expect(rows).toEqual([{ procedure: '1.004946', level: 'province' }, { procedure: '1.009122', level: 'province' }, { procedure: '2.000815', level: 'commune' }]);
});

test('iOffice is asked at its own address, and told what its assignments came to: once, again when it changes, a refusal by name', async () => {
  refusedRef = 'NV-2026-0121';
  await taken('ioffice-nhiem-vu');
  const id = 'ioffice-nhiem-vu';
  const ask = async (until: () => void | Promise<void>) => {
    await house.ask(ADMIN, id);
    await vi.waitFor(until, SOON);
  };
  await vi.waitFor(() => expect(told).toHaveLength(1), SOON);
  expect(told[0]!.body).toMatchObject({ maNhiemVu: 'NV-2026-0117', mucCanhBao: 'red', doTu: '2026-09-30T17:00:00+07:00', tienDo: 40, nguyenNhan: null, nguoiChiuTrachNhiem: null });
  const runs = async () => {
    const all = await house.runs(id);
    return all.ok ? all.value.filter(({ kind }) => kind === 'tell') : [];
  };
  expect(await runs()).toMatchObject([{ state: 'done', accepted: 1, rejected: 1, refused: [{ field: 'NV-2026-0121', code: 'SOURCE_STATUS', reason: 'HTTP 422' }] }]);
  const account = await bench.account('office', ['SM-A']);
  const people = createAnswering({ engine: bench.engine, clock: bench.clock, units });
  const [row] = await bench.engine.query<{ id: string }>(`select 'as-' || n as id from record where ref = 'NV-2026-0117'`);
  expect(await people.chooseForAssignment(row!.id, account, scopeOf(OPERATOR, units.subtree))).toMatchObject({ ok: true });
  await ask(() => expect(told).toHaveLength(2));
  expect(told[1]!.body).toMatchObject({ nguoiChiuTrachNhiem: 'Trưởng phòng, Tên office' });
  expect(told[1]!.key).not.toBe(told[0]!.key);
  expect(await runs()).toHaveLength(2);
  expect(JSON.stringify(await house.list())).not.toContain(SECRET);
});

test('a way to tell that can not be filled, or of something else than assignments, is refused where it stands', async () => {
  const { text } = systems.get('ioffice-nhiem-vu')!;
  const write = (more: object) => house.write(ADMIN, { ...text, id: 'thu', ...more } as ConnectorText, {}, 0);
  expect(await write({ tellBack: { ...text.tellBack!, body: '{"a":"{la}"}' } })).toMatchObject({ fault: { code: 'SOURCE_TEXT', pointer: '/tellBack/body', detail: 'la' } });
  expect(await write({ tellBack: { ...text.tellBack!, url: 'khong-phai' } })).toMatchObject({ fault: { code: 'SOURCE_TEXT', pointer: '/tellBack/url' } });
  expect(await write({ topic: 'document' })).toMatchObject({ fault: { code: 'SOURCE_TEXT', pointer: '/tellBack' } });
});
