import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Presence } from '#contract/alertBook.ts';
import { CONTRACT_VERSION } from '#contract/version.ts';
import { startBench, type Bench } from './fakes.ts';

/** A store answers later than the next message arrives. */
const lookUp = () => new Promise<{ unit: string; ward: string }>((resolve) => setTimeout(resolve, 20, { unit: '20245', ward: '20245' }));

describe('presence', () => {
  let bench: Bench;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    bench = await startBench({ placeOf: lookUp });
    bench.accounts.people.set('second-token', { kind: 'person', id: 'u-2', name: 'Trực ban hai', roles: ['operator'], units: null, session: 's-2' });
    bench.accounts.people.set('ward-token', { kind: 'person', id: 'u-4', name: 'Trực ban phường', roles: ['operator'], units: ['20242'], session: 's-4' });
    bench.accounts.people.set('officer-token', { kind: 'person', id: 'u-3', name: 'Cán bộ', roles: ['unit-officer'], units: ['20242'], session: 's-3' });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await bench.close();
  });

  async function join(token: string): Promise<{ socket: Socket; heard: Presence[] }> {
    const socket = io(`http://127.0.0.1:${bench.port}`, { path: '/live', transports: ['websocket'], auth: { contract: CONTRACT_VERSION, build: 'build-1', token }, forceNew: true });
    sockets.push(socket);
    const heard: Presence[] = [];
    socket.on('presence.changed', (presence: Presence) => heard.push(presence));
    await new Promise<void>((resolve, reject) => socket.once('connect', () => resolve()).once('connect_error', reject));
    return { socket, heard };
  }

  it('who opens a thing is told to the other operators within a second, and gone when the socket is', async () => {
    const [first, second] = [await join('operator-token'), await join('second-token')];
    const openedAt = performance.now();
    expect(await first.socket.emitWithAck('presence.open', { thing: 'al-1' })).toMatchObject({ ok: true, data: { thing: 'al-1', people: [{ id: 'u-1', name: 'Trực ban' }] } });
    await expect.poll(() => second.heard.length).toBe(1);
    expect(performance.now() - openedAt).toBeLessThan(1000);
    expect(second.heard[0]).toMatchObject({ thing: 'al-1', people: [{ name: 'Trực ban' }] });
    const late = await join('second-token');
    await expect.poll(() => late.heard.map(({ thing }) => thing)).toEqual(['al-1']);
    first.socket.disconnect();
    await expect.poll(() => second.heard.at(-1)).toEqual({ thing: 'al-1', people: [] });
  });

  it('a thing left before its place was found is not open afterwards', async () => {
    const [first, second] = [await join('operator-token'), await join('second-token')];
    const asked = [first.socket.emitWithAck('presence.open', { thing: 'al-1' }), first.socket.emitWithAck('presence.close', { thing: 'al-1' }), first.socket.emitWithAck('presence.open', { thing: 'al-2' })];
    expect((await Promise.all(asked)).map(({ ok }) => ok)).toEqual([true, true, true]);
    await expect.poll(() => second.heard.map(({ thing, people }) => [thing, people.length])).toContainEqual(['al-2', 1]);
    const late = await join('second-token');
    await expect.poll(() => late.heard.length).toBeGreaterThan(0);
    expect(late.heard.map(({ thing }) => thing)).toEqual(['al-2']);
  });

  it('is kept from an operator who may not see the thing', async () => {
    const [whole, ward] = [await join('operator-token'), await join('ward-token')];
    await whole.socket.emitWithAck('presence.open', { thing: 'al-1' });
    await expect.poll(() => whole.heard.length).toBe(1);
    expect(await ward.socket.emitWithAck('presence.open', { thing: 'al-1' })).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
    expect(ward.heard).toEqual([]);
    expect((await join('ward-token')).heard).toEqual([]);
  });

  it('is for operators: an officer neither opens nor hears', async () => {
    const [operator, officer] = [await join('operator-token'), await join('officer-token')];
    expect(await officer.socket.emitWithAck('presence.open', { thing: 'al-1' })).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN' } });
    await operator.socket.emitWithAck('presence.open', { thing: 'al-1' });
    expect(await operator.socket.emitWithAck('presence.close', { thing: 'al-1' })).toEqual({ ok: true, data: {} });
    await expect.poll(() => operator.heard.length).toBe(2);
    expect(officer.heard).toEqual([]);
  });
});
