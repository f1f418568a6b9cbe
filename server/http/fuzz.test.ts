import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { FAULTS } from '#contract/faults.ts';
import { TOPICS } from '#contract/topics.ts';
import { createTestApp } from './testing/app.ts';
import { asKey, asPerson } from './testing/people.ts';

const http = await createTestApp((deps) => ({ ...deps, config: { ...deps.config, ingestPerMinute: 1e9 } }));
afterAll(() => http.close());

const CAP = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a</identifier><sender>b</sender><sent>2026-10-01T08:00:00+07:00</sent><status>Actual</status><msgType>Alert</msgType><info><event>Ngập</event></info></alert>';
const broken = (text: string) =>
  fc.tuple(fc.nat(text.length), fc.nat(20), fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('\u0000', '{', '}', ']', '"', '\\', '<', '&', '__proto__', '1e999', '\ud800'))).map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
const bodies = fc.oneof(
  fc.json({ maxDepth: 8 }),
  fc.string({ maxLength: 200, unit: 'binary' }),
  broken(JSON.stringify(Object.values(TOPICS).map(({ example }) => example))),
  broken(CAP),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);
const isFull = process.env.TEST_FULL === '1';
const BODIES = isFull ? 20_000 : 2000;
const QUERIES = isFull ? 5000 : 500;
const types = fc.constantFrom('application/json', 'application/x-ndjson', 'application/cap+xml', 'text/xml', 'multipart/form-data; boundary=x', 'multipart/form-data', 'application/json; charset=utf-16', '', 'x/y');
const urls = fc.constantFrom('/api/v1/ingest/alert', '/api/v1/ingest/vehicle', '/api/v1/ingest/cap', '/api/v1/ingest/attachment', '/api/v1/ingest/nothing', '/api/v1/session', '/api/v1/commands/wall.apply', '/api/v1/commands/alert.assign', '/api/v1/clock', '/api/v1/users', '/api/v1/pairing');
const who = fc.constantFrom({}, asKey(), asPerson('admin'));

test(`${BODIES} hostile bodies: no 5xx, every refusal coded`, { timeout: BODIES * 60 }, async () => {
  await fc.assert(
    fc.asyncProperty(urls, types, bodies, who, async (url, type, payload, headers) => {
      const answer = await http.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...(type ? { 'content-type': type } : {}) } });
      expect(answer.statusCode, answer.body).toBeLessThan(500);
      if (answer.statusCode >= 400) expect(Object.hasOwn(FAULTS, answer.json().fault.code)).toBe(true);
      for (const { items } of http.taken.splice(0)) for (const item of items) expect(item).toHaveProperty('key');
    }),
    { numRuns: BODIES },
  );
});

test(`${QUERIES} hostile queries and paths: no 5xx`, { timeout: QUERIES * 120 }, async () => {
  const path = fc.constantFrom('/api/v1/alerts', '/api/v1/log', '/api/v1/cameras/near', '/geo/search', '/geo/style.json', '/media/cam-1/index.m3u8', '/api/v1/walls/w2x2/state', '/tiles/base/3/1/1');
  const names = fc.constantFrom('limit', 'bbox', 'at', 'q', 'topic', 'after', 'lon', 'lat', 'level', 'lang', '__proto__', 'constructor');
  await fc.assert(
    fc.asyncProperty(path, fc.array(fc.tuple(names, fc.oneof(fc.string(), fc.constantFrom('NaN', '1e999', '-1', '[]', '0,0,1,1', '200,0,1,1', 'a:1'))), { maxLength: 4 }), async (url, pairs) => {
      const query = new URLSearchParams(pairs).toString();
      const answer = await http.app.inject({ url: `${url}?${query}`, headers: asPerson('operator') });
      expect(answer.statusCode, `${url}?${query} ${answer.body}`).toBeLessThan(500);
    }),
    { numRuns: QUERIES },
  );
});
