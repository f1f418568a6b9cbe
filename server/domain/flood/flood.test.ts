import { describe, expect, it } from 'vitest';
import type { Level } from '#contract/base.ts';
import type { AlertKind } from '#contract/topics/alert.ts';
import { createRandom } from '../../kernel/random.ts';
import { loadOf } from './load.ts';
import { rowsOf, type FloodAlert } from './rows.ts';

const AT = Date.parse('2026-10-05T10:00+07:00');
const MINUTE = 60_000;
const KINDS: readonly AlertKind[] = ['flood', 'fire', 'accident', 'congestion', 'crowd', 'public-order', 'environment', 'infrastructure'];
const alert = (id: string, change: Partial<FloodAlert> = {}): FloodAlert => ({
  id, source: 'iot', kind: 'flood', level: 2, title: `Ngập ${id}`, state: 'raised', ward: '20242', position: null, raisedAt: AT, ...change,
});

/** A thousand alerts in ten minutes: eight kinds, forty wards, six sources, so 1,920 possible causes. */
function storm(seed: number, redShare: number): FloodAlert[] {
  const random = createRandom(seed);
  return Array.from({ length: 1000 }, (_, index) => {
    const level: Level = random.next() < redShare ? 1 : random.pick([2, 3, 4]);
    return alert(`al-${index}`, { level, kind: random.pick(KINDS), ward: String(20200 + random.below(40)), source: `s${random.below(6)}`, raisedAt: AT + random.below(10 * MINUTE) });
  });
}

/** Most rows opened within any ten minutes. */
function mostOpened(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(0, ...sorted.map((at, index) => sorted.slice(index).filter((other) => other - at < 10 * MINUTE).length));
}

describe('a flood of alerts', () => {
  it.each([1, 2, 3])('of 1,000 in ten minutes opens at most ten rows and hides none (seed %i)', (seed) => {
    const alerts = storm(seed, 0.003);
    const reds = alerts.filter(({ level }) => level === 1);
    expect(reds.length).toBeGreaterThan(0);
    const rows = rowsOf(alerts, AT + 10 * MINUTE);
    expect(mostOpened(rows.map(({ openedAt }) => openedAt))).toBeLessThanOrEqual(Math.max(10, 7 + reds.length));
    expect(rows.filter(({ form }) => form === 'flood')).toHaveLength(1);
    expect(rows.flatMap(({ members }) => members).sort()).toEqual(alerts.map(({ id }) => id).sort());
  });

  it('keeps every ĐỎ a row of its own, however many, and the others within seven rows', () => {
    const alerts = storm(7, 0.05);
    const reds = alerts.filter(({ level }) => level === 1).map(({ id }) => id);
    expect(reds.length).toBeGreaterThan(30);
    const rows = rowsOf(alerts, AT + 10 * MINUTE);
    expect(rows.filter(({ level }) => level === 1).map(({ members }) => members)).toEqual(expect.arrayContaining(reds.map((id) => [id])));
    expect(mostOpened(rows.filter(({ level }) => level !== 1).map(({ openedAt }) => openedAt))).toBeLessThanOrEqual(7);
  });

  it('holds over an hour: no ten minutes open more than seven ordinary rows', () => {
    const alerts = [1, 2, 3, 4, 5, 6].flatMap((turn) => storm(turn, 0).map((each) => ({ ...each, id: `${turn}-${each.id}`, raisedAt: each.raisedAt + turn * 10 * MINUTE })));
    expect(mostOpened(rowsOf(alerts, AT + 80 * MINUTE).map(({ openedAt }) => openedAt))).toBeLessThanOrEqual(7);
  });
});

describe('rows', () => {
  it('gather one place, type and cause, show the gravest level, and begin anew after half an hour of quiet', () => {
    const rows = rowsOf([alert('a', { level: 3 }), alert('b', { raisedAt: AT + MINUTE, title: 'Sâu hơn' }), alert('c', { ward: '20263' }), alert('d', { raisedAt: AT + 40 * MINUTE })], AT + 41 * MINUTE);
    expect(rows.map(({ form, level, members }) => [form, level, members])).toEqual([['group', 2, ['a', 'b']], ['alert', 2, ['c']], ['alert', 2, ['d']]]);
    expect(rows[0]).toMatchObject({ id: 'group-a', title: 'Sâu hơn', unacknowledged: 2, lastAt: AT + MINUTE });
  });

  it('latch what chatters until it is quiet for ten minutes', () => {
    const chatter = [0, 20_000, 40_000].map((ms, index) => alert(`c${index}`, { raisedAt: AT + ms }));
    expect(rowsOf(chatter, AT + 5 * MINUTE)[0]?.isLatched).toBe(true);
    expect(rowsOf(chatter, AT + 11 * MINUTE)[0]?.isLatched).toBe(false);
    expect(rowsOf(chatter.slice(0, 2), AT + MINUTE)[0]?.isLatched).toBe(false);
  });
});

describe('the load', () => {
  it('says rate, flood time, stale, chattering, top ten and priorities', () => {
    const burst = Array.from({ length: 12 }, (_, index) => alert(`b${index}`, { raisedAt: AT + index * 10_000, level: index === 0 ? 1 : 3 }));
    const after = [11, 12, 13, 14, 15, 25].map((minute) => alert(`m${minute}`, { raisedAt: AT + minute * MINUTE, source: 'cctv', kind: 'crowd' }));
    const old = alert('old', { raisedAt: AT - 25 * 60 * MINUTE });
    const load = loadOf([...burst, ...after, old, { ...old, id: 'done', state: 'closed' }], { from: AT, to: AT + 60 * MINUTE });
    expect(load.perTenMinutes.map(({ count }) => count)).toEqual([12, 5, 1, 0, 0, 0]);
    expect(load).toMatchObject({ total: 18, meanPerTenMinutes: 3, peakPerTenMinutes: 12, verdict: 'demanding', floodMs: 20 * MINUTE, stale: ['old'] });
    expect(load.chattering).toEqual([{ source: 'iot', kind: 'flood', ward: '20242', count: 12 }]);
    expect(load.topTen.map(({ count }) => count)).toEqual([12, 6]);
    expect(load.priorities[0]).toEqual({ level: 1, count: 1, share: 1 / 18, target: 0.05 });
  });

  it('of nothing is manageable', () => {
    expect(loadOf([], { from: AT, to: AT + 60 * MINUTE })).toMatchObject({ total: 0, verdict: 'manageable', floodMs: 0, topTen: [], stale: [] });
  });
});
