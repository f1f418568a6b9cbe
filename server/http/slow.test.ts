import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createTestApp } from './testing/app.ts';
import { KEY } from './testing/people.ts';

const http = await createTestApp();
const port = Number(new URL(await http.app.listen({ port: 0, host: '127.0.0.1' })).port);
afterAll(() => http.close());

/** Sends what it is given, then goes silent; returns what came back until the server ended the connection. */
async function sendAndFallSilent(text: string): Promise<{ said: string; tookMs: number }> {
  const startedAt = performance.now();
  const socket = createConnection(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.write(text);
  await once(socket, 'close');
  return { said: Buffer.concat(parts).toString(), tookMs: performance.now() - startedAt };
}

test('a body and a head that never end are cut, and the door saw nothing', { timeout: 20_000 }, async () => {
  const slowBody = `POST /api/v1/ingest/alert HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${KEY}\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n[{"key":`;
  const cut = await Promise.all([...Array.from({ length: 20 }, () => sendAndFallSilent(slowBody)), sendAndFallSilent('GET /healthz HTTP/1.1\r\nhost: ')]);
  for (const { said, tookMs } of cut) {
    expect(said).toContain('"code":"REQUEST_TIMEOUT"');
    expect(said).toContain("default-src 'none'");
    expect(tookMs).toBeLessThan(8000);
  }
  expect(http.taken).toEqual([]);
});

test('what is no HTTP is told so', async () => {
  const { said } = await sendAndFallSilent('HELLO\r\n\r\n');
  expect(said).toContain('HTTP/1.1 400');
  expect(said).toContain('"code":"REQUEST_BODY"');
});

test('a head without end is refused', async () => {
  const { said } = await sendAndFallSilent(`GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(40_000)}\r\n\r\n`);
  expect(said).toContain('"code":"REQUEST_TOO_LARGE"');
});
