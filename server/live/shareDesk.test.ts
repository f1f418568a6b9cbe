import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import type { Share, ShareSignalled } from '#contract/share.ts';
import { CONTRACT_VERSION } from '#contract/version.ts';
import type { WallPointer } from '#contract/wall.ts';
import { startBench, type Bench } from './fakes.ts';

let bench: Bench;
const sockets: Socket[] = [];
const wall = { id: 'w1x1', name: { vi: 'Một', en: 'One' }, width: 1920, height: 1080, pitchMm: 0.6, farthestViewerM: 4, outputs: [{ id: 'r1c1', rect: { x: 0, y: 0, width: 1920, height: 1080 } }] };

beforeEach(async () => {
  bench = await startBench();
  bench.walls.profiles = () => [wall];
  const add = (token: string, over: Partial<Principal>) => bench.accounts.people.set(token, { kind: 'person', id: token, name: token, roles: [], units: null, ...over });
  add('officer', { name: 'Cán bộ trình bày', roles: ['unit-officer'] });
  add('guest', { roles: ['guest'] });
  add('output', { kind: 'wall-device', wall: 'w1x1/r1c1' });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await bench.close();
});

async function join(token: string) {
  const socket = io(`http://127.0.0.1:${bench.port}`, { path: '/live', transports: ['websocket'], auth: { contract: CONTRACT_VERSION, build: 'build-1', token }, forceNew: true });
  sockets.push(socket);
  const lists: Share[][] = [];
  const letters: ShareSignalled[] = [];
  const points: WallPointer[] = [];
  socket.on('shares.updated', ({ shares }: { shares: Share[] }) => lists.push(shares));
  socket.on('share.signalled', (letter: ShareSignalled) => letters.push(letter));
  socket.on('wall.pointed', (pointer: WallPointer) => points.push(pointer));
  await new Promise<void>((resolve, reject) => socket.once('connect', () => resolve()).once('connect_error', reject));
  return { socket, lists, letters, points };
}
const label = 'Báo cáo của Sở Xây dựng';

it('a share is told to all, its letters go to the two who speak, and it ends with its socket', async () => {
  const [presenter, output, other] = [await join('officer'), await join('output'), await join('operator-token')];
  const { data: share } = (await presenter.socket.emitWithAck('share.open', { label, kind: 'screen' })) as { data: Share };
  await expect.poll(() => output.lists.at(-1)).toMatchObject([{ id: share.id, label, by: 'Cán bộ trình bày' }]);
  expect(await output.socket.emitWithAck('share.signal', { share: share.id, signal: { kind: 'watch' } })).toMatchObject({ ok: true });
  await expect.poll(() => presenter.letters).toMatchObject([{ share: share.id, from: output.socket.id, signal: { kind: 'watch' } }]);
  expect(await presenter.socket.emitWithAck('share.signal', { share: share.id, to: output.socket.id, signal: { kind: 'offer', sdp: 'v=0' } })).toMatchObject({ ok: true });
  await expect.poll(() => output.letters).toMatchObject([{ signal: { kind: 'offer', sdp: 'v=0' } }]);
  expect(other.letters).toEqual([]);
  expect((await join('operator-token')).lists).toHaveLength(1);
  presenter.socket.disconnect();
  await expect.poll(() => output.lists.at(-1)).toEqual([]);
  expect(await output.socket.emitWithAck('share.signal', { share: share.id, signal: { kind: 'watch' } })).toMatchObject({ ok: false, fault: { code: 'SHARE_GONE' } });
});

it('a guest shares nothing, an officer watches nothing, nobody ends another’s share', async () => {
  const [presenter, guest, officer] = [await join('operator-token'), await join('guest'), await join('officer')];
  const { data: share } = (await presenter.socket.emitWithAck('share.open', { label, kind: 'device' })) as { data: Share };
  expect(await guest.socket.emitWithAck('share.open', { label, kind: 'screen' })).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await officer.socket.emitWithAck('share.signal', { share: share.id, signal: { kind: 'watch' } })).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await officer.socket.emitWithAck('share.close', { id: share.id })).toMatchObject({ ok: false, fault: { code: 'SHARE_GONE' } });
  expect(await presenter.socket.emitWithAck('share.signal', { share: share.id, to: 'nobody', signal: { kind: 'offer', sdp: 'v=0' } })).toMatchObject({ ok: false, fault: { code: 'SHARE_GONE' } });
});

it('a pointer reaches every window of the wall and goes with the one who points', async () => {
  const [operator, output] = [await join('operator-token'), await join('output')];
  await output.socket.emitWithAck('wall.join', { wall: 'w1x1' });
  expect(await operator.socket.emitWithAck('wall.point', { wall: 'w1x1', place: { x: 10, y: 20 } })).toMatchObject({ ok: true });
  await expect.poll(() => output.points.at(-1)).toMatchObject({ name: 'Trực ban', place: { x: 10, y: 20 } });
  operator.socket.disconnect();
  await expect.poll(() => output.points.at(-1)?.place).toBeNull();
  expect(await output.socket.emitWithAck('wall.point', { wall: 'w1x1', place: { x: 1, y: 1 } })).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN' } });
});
