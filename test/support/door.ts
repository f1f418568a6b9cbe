import type { IngestAnswer } from '#contract/http.ts';
import { ADMIN_PASSWORD, INGEST_KEY } from './product.ts';

/** Posts items at the public door as a vendor would. */
export async function post(url: string, topic: string, items: readonly object[], key = INGEST_KEY): Promise<IngestAnswer['results']> {
  const answer = await fetch(`${url}/api/v1/ingest/${topic}`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(items) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as IngestAnswer).results;
}

/** Signs in and returns the cookie for further calls. */
export async function signIn(url: string, user = 'admin', password = ADMIN_PASSWORD): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user, password }) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

/** A JSON call with a session cookie. */
export async function call<T>(url: string, cookie: string, path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<T> {
  const answer = await fetch(`${url}${path}`, { method, headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}


/** From here on no alert composes this wall by itself, so that a test says alone what it shows. */
export async function keepScene(url: string, cookie: string, wall: string): Promise<void> {
  await call(url, cookie, '/api/v1/commands/wall.apply', { wall, act: { do: 'rules', on: false } });
}
