import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './testing/app.ts';

const VIETNAMESE = /[àáạảãăâđêôơưèéẹẻẽìíịỉĩòóọỏõùúụủũỳýỵỷỹ]/i;
const INSIDE = /\bat \w+ \(|node_modules|\.ts:\d|SyntaxError|TypeError|select |insert |typebox|fastify|ajv|Unexpected token/i;

let work: TestApp;
beforeAll(async () => void (work = await createTestApp()));
afterAll(() => work.close());

const json = { 'content-type': 'application/json' };
const WRONG: [string, string, Record<string, string>][] = [
  ['no JSON', '{"user": "a", ', json],
  ['words', 'xin chào', json],
  ['nothing', '', json],
  ['null', 'null', json],
  ['a list', '[1, 2]', json],
  ['another type', '{"user": 1, "password": {}}', json],
  ['a field too many', '{"user": "a", "password": "b", "isAdmin": true}', json],
  ['a prototype', '{"user": "a", "password": "b", "__proto__": {"isAdmin": true}}', json],
  ['deep nesting', '['.repeat(20_000), json],
  ['text far too long', JSON.stringify({ user: 'a'.repeat(100_000), password: 'b' }), json],
  ['a form', 'user=a&password=b', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['XML', '<user/>', { 'content-type': 'application/xml' }],
];

test.each(WRONG)('%s gets one generic answer: what to do, in Vietnamese, and nothing of what is inside', async (_what, payload, headers) => {
  for (const url of ['/api/v1/session', '/api/v1/report/rating', '/api/v1/pairing']) {
    const answer = await work.app.inject({ method: 'POST', url, headers, payload });
    const { fault } = answer.json<{ fault: Record<string, unknown> }>();
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(Object.keys(fault).filter((key) => !['code', 'message', 'pointer', 'detail', 'requestId'].includes(key))).toEqual([]);
    expect(fault.message).toMatch(VIETNAMESE);
    expect(answer.body).not.toMatch(INSIDE);
  }
});
