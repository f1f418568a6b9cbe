import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { createRealClock } from '../kernel/clock.ts';
import { createCameraAddresses } from './cameraAddress.ts';
import { createWhepRelay } from './whep.ts';

const OFFER = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n';
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close();
});

async function setUp(gateway: { status?: number; location?: string | undefined } = { location: '/view/1' }, allowLoopback = true) {
  const { status = 201, location } = gateway;
  const asked: string[] = [];
  const server = createServer(async (request, reply) => {
    asked.push([request.method, request.url, request.headers.authorization ?? '', (await text(request)).slice(0, 3)].join(' ').trim());
    reply.writeHead(request.method === 'POST' ? status : 200, location === undefined ? {} : { location }).end('v=0 answer');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const relay = createWhepRelay({ clock: createRealClock(), addresses: createCameraAddresses(allowLoopback) });
  opened.push({ close: () => server.close() }, relay);
  const url = `http://viewer:secret@127.0.0.1:${(server.address() as AddressInfo).port}/cam/whep`;
  return { relay, asked, url };
}
const LOGIN = `Basic ${Buffer.from('viewer:secret').toString('base64')}`;

test('an offer goes to the gateway with its login, and nothing of the gateway comes back but its answer', async () => {
  const { relay, asked, url } = await setUp();
  const told = await relay.open({ camera: 'cam-1', maySee: async () => true }, url, OFFER);
  expect(told).toMatchObject({ status: 201, body: 'v=0 answer', headers: { location: expect.stringMatching(/^\/media\/cam-1\/whep\/[0-9a-f]{32}$/) } });
  expect(asked).toEqual([`POST /cam/whep ${LOGIN} v=0`]);
  expect(relay.status('cam-1')?.state).toBe('live');
  await relay.end(told.headers.location!.split('/').at(-1)!);
  expect(asked[1]).toBe(`DELETE /view/1 ${LOGIN}`);
  expect(relay.status('cam-1')?.state).toBe('idle');
});

test('a view whose right is gone is ended at the gateway within five seconds', async () => {
  const { relay, asked, url } = await setUp();
  let isAllowed = true;
  await relay.open({ camera: 'cam-1', maySee: async () => isAllowed }, url, OFFER);
  isAllowed = false;
  await expect.poll(() => asked.length, { timeout: 5000 }).toBe(2);
  expect(asked[1]).toContain('DELETE /view/1');
});

test.each([['on another server', 'http://169.254.169.254/view'], ['nowhere', undefined]])('a gateway that names its view %s could not be made to end it, so none is opened', async (_where, location) => {
  const { relay, asked, url } = await setUp({ location });
  expect(await relay.open({ camera: 'cam-1', maySee: async () => true }, url, OFFER)).toMatchObject({ status: 503 });
  expect([relay.status('cam-1')?.state, asked.length]).toEqual(['unreachable', 1]);
});

test.each([[401, 424, 'auth-failed'], [404, 503, 'unreachable'], [307, 503, 'unreachable']])('a gateway that says %i is shown as what it is', async (said, status, state) => {
  const { relay, url } = await setUp({ status: said });
  expect(await relay.open({ camera: 'cam-1', maySee: async () => true }, url, OFFER)).toMatchObject({ status, headers: { 'x-camera-state': state } });
});

test('the server itself is no gateway, and what is no offer goes nowhere', async () => {
  const { relay, asked, url } = await setUp({}, false);
  expect(await relay.open({ camera: 'cam-1', maySee: async () => true }, url, OFFER)).toMatchObject({ status: 503, headers: { 'x-camera-state': 'refused-address' } });
  expect(await relay.open({ camera: 'cam-1', maySee: async () => true }, url, 'hello')).toMatchObject({ status: 400 });
  expect(asked).toEqual([]);
});
