import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SOCKET_MOST_BYTES } from '#contract/events.ts';
import { encodeFrame } from '#contract/frame.ts';
import { okay, refused } from '#contract/faults.ts';
import type { FrameLoop } from '../ui/frameLoop.ts';
import type { Api } from './api.ts';
import { Live } from './live.svelte.ts';
import { createFakeWire } from './testing/fakeWire.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const none = { slot: new Uint32Array(0), lon: new Int32Array(0), lat: new Int32Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0), kind: new Uint8Array(0) };
const keyFrame = () =>
  encodeFrame({ layer: 'traffic', isKey: true, number: 1, at: 1, placed: { ...none, slot: Uint32Array.of(7), lon: Int32Array.of(1), lat: Int32Array.of(1), heading: Uint8Array.of(0), speed: Uint8Array.of(20), kind: Uint8Array.of(40) }, moved: { slot: none.slot, dLon: new Int16Array(0), dLat: new Int16Array(0), heading: none.heading, speed: none.speed }, removed: none.slot });

async function setUp() {
  const wire = createFakeWire();
  const steps = new Set<() => void>();
  const loop: FrameLoop = { onFrame: (step) => (steps.add(step), () => steps.delete(step)), fps: 60, close: () => steps.clear() };
  const posted: string[] = [];
  const api = { all: async () => okay([{ code: '20242', name: 'Hải Châu' }]), send: async (_method: string, path: string) => (posted.push(path), okay({})) } as unknown as Api;
  wire.answer('clock.sync', () => okay({ receivedAt: Date.now(), repliedAt: Date.now() }));
  wire.answer('topic.join', (request: { topic: string }) => {
    if (request.topic === 'feedback') return refused('AUTH_FORBIDDEN');
    return okay({ epoch: 'epoch-one', head: 1, snapshot: [{ seq: 1, topic: request.topic, key: 'k', id: 'al-1', rev: 1, at: 1, body: { title: 'Ngập' } }] });
  });
  const live = new Live({ openMediaLine: () => ({ get: async () => ({ status: 404 }), close: () => undefined }), wire, loop, api, localNow: () => Date.now(), random: () => 0.5, onMismatch: () => undefined });
  wire.accept();
  await vi.advanceTimersByTimeAsync(0);
  const frame = () => steps.forEach((step) => step());
  return { wire, live, frame, posted };
}

test('a command too long for the socket goes by HTTP', async () => {
  const { wire, live, posted } = await setUp();
  wire.answer('scenario.check', () => okay({}));
  await live.command('scenario.check', { yaml: 'id: ngan' });
  await live.command('scenario.check', { yaml: 'dài '.repeat(SOCKET_MOST_BYTES / 5) });
  expect(wire.sent.filter(({ name }) => name === 'scenario.check')).toHaveLength(1);
  expect(posted).toEqual(['/api/v1/commands/scenario.check']);
  live.close();
});

test('a topic is joined at its first reader and shown in the next frame', async () => {
  const { wire, live, frame } = await setUp();
  expect(wire.sent.some(({ name }) => name === 'topic.join')).toBe(false);
  expect(live.topic('alert').isReady).toBe(false);
  expect(live.topic('alert')).toBe(live.topic('alert'));
  await vi.advanceTimersByTimeAsync(0);
  frame();
  expect(live.topic('alert').isReady).toBe(true);
  expect(live.topic('alert').entries.map((entry) => entry.id)).toEqual(['al-1']);
  expect(wire.sent.filter(({ name }) => name === 'topic.join')).toHaveLength(1);
  live.close();
});

test('the first key frame is told at once, and asked for again after a cut', async () => {
  const { wire, live } = await setUp();
  expect(live.moving('traffic').isReady).toBe(false);
  wire.push('frame', keyFrame());
  expect([live.moving('traffic').isReady, live.moving('traffic').columns.count]).toEqual([true, 1]);
  const asked = () => wire.sent.filter(({ request }) => (request as { topic?: string }).topic === 'traffic').length;
  const before = asked();
  wire.cut();
  await vi.advanceTimersByTimeAsync(2000);
  wire.accept();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked()).toBe(before + 1);
  live.close();
});

test('a refused topic shows why; a wall that stands still shows nothing new', async () => {
  const { live, frame } = await setUp();
  live.topic('feedback');
  live.topic('alert');
  await vi.advanceTimersByTimeAsync(0);
  frame();
  expect(live.topic('feedback').fault?.code).toBe('AUTH_FORBIDDEN');
  live.isHeld = true;
  const { now } = live;
  await vi.advanceTimersByTimeAsync(3000);
  expect(live.now).toBe(now);
  live.close();
});

test('a page that stays older than the server says so, and no longer once it caught up', async () => {
  const { wire, live, frame } = await setUp();
  live.topic('alert');
  await vi.advanceTimersByTimeAsync(0);
  frame();
  wire.answer('topic.join', () => refused('STORE_UNAVAILABLE'));
  const beat = async (head: number) => {
    wire.push('beat', { at: 1, domainAt: 1, rate: 1, epoch: 'epoch-one', heads: { alert: head } });
    await vi.advanceTimersByTimeAsync(1000);
  };
  await beat(1);
  await beat(2);
  await beat(2);
  expect(live.isBehind).toBe(false);
  await beat(2);
  expect(live.isBehind).toBe(true);
  wire.answer('topic.join', () => okay({ epoch: 'epoch-one', head: 2, entries: [] }));
  await beat(2);
  await beat(2);
  expect(live.isBehind).toBe(false);
  live.close();
});
