import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertLifeState, AlertState } from '#contract/topics/alert.ts';
import type { RequestAct } from '../handling-request/life.ts';
import { acknowledge, ALERT_FOLLOWS, ALERT_LIFE, type AlertStepped, assign, close, isShelved, lateness, shelve } from './life.ts';

const AT = 1_000_000;
const HOUR = 3_600_000;
const A = { id: 'ac-1', name: 'Trực ban A' };
const B = { id: 'ac-2', name: 'Trực ban B' };
const RAISED: AlertState = {
  id: 'al-1', ref: 'r', source: 's', kind: 'flood', level: 2, title: 'Ngập', text: null, status: 'active', state: 'raised', owner: null, unit: null,
  ward: '20242', position: null, area: null, cameraKey: null, evidence: [], confidence: null, provenance: 'simulated', raisedAt: AT, receivedAt: AT,
  updatedAt: AT, acknowledgeBy: AT + 100, dueAt: AT + 1000, acknowledgedAt: null, assignedAt: null, resolvedAt: null, verifiedAt: null, closedAt: null,
  requestId: null, shelvedUntil: null, shelvedReason: null, escalated: 0, duplicateOf: null,
};

type Act = { name: string; run(state: AlertState, at: number): AlertStepped };
const ACTS: Act[] = [
  { name: 'acknowledge', run: (state, at) => acknowledge(state, A, at) },
  { name: 'assign', run: (state, at) => assign(state, { unit: '20242', requestId: 'hr-1', owner: A }, at) },
  { name: 'close', run: (state, at) => close(state, 'báo nhầm', at) },
  { name: 'shelve', run: (state, at) => shelve(state, { until: at + HOUR, reason: 'chờ nước rút' }, at) },
  ...Object.entries(ALERT_FOLLOWS).map(([name, follow]) => ({ name, run: (state: AlertState, at: number) => follow(state, at) })),
];
const schedule = fc.array(fc.record({ act: fc.constantFrom(...ACTS), wait: fc.integer({ min: -20, max: 50 }) }), { maxLength: 30 });

function run(steps: readonly { act: Act; wait: number }[]): { name: string; state: AlertState }[] {
  let at = AT;
  let state = RAISED;
  const reached: { name: string; state: AlertState }[] = [];
  for (const { act, wait } of steps) {
    at += wait;
    const stepped = act.run(state, at);
    if (!stepped.ok || stepped.state === state) continue;
    state = stepped.state;
    reached.push({ name: act.name, state });
  }
  return reached;
}

const follow = (state: AlertState, act: RequestAct) => ALERT_FOLLOWS[act]?.(state, AT + 5);

describe('life of an alert', () => {
  it('reaches verified only through a request that was carried out, on every path there is', () => {
    const seen = new Map<string, { state: AlertState; isCarriedOut: boolean }>([['raised', { state: RAISED, isCarriedOut: false }]]);
    for (const { state, isCarriedOut } of seen.values()) {
      for (const { name, run: act } of ACTS) {
        const stepped = act(state, AT);
        if (!stepped.ok || stepped.state === state) continue;
        const carriedOut = name === 'carry-out' || (isCarriedOut && !['assign', 'refuse', 'return'].includes(name));
        expect(stepped.state.state === 'verified' && !carriedOut, `${state.state} by ${name}`).toBe(false);
        const key = JSON.stringify([stepped.state, carriedOut]);
        if (!seen.has(key)) seen.set(key, { state: stepped.state, isCarriedOut: carriedOut });
      }
    }
    expect(new Set([...seen.values()].map(({ state }) => state.state)).size).toBe(7);
  });

  it('has a unit and one request exactly from assigned to verified, and times that never run backwards', () => {
    const WITH_REQUEST: AlertLifeState[] = ['assigned', 'in-progress', 'resolved', 'verified'];
    fc.assert(
      fc.property(schedule, (steps) => {
        let before = AT;
        for (const { state } of run(steps)) {
          expect(state.updatedAt).toBeGreaterThanOrEqual(before);
          before = state.updatedAt;
          if (state.state === 'closed') continue;
          expect(state.requestId !== null).toBe(WITH_REQUEST.includes(state.state));
          expect(state.unit !== null).toBe(WITH_REQUEST.includes(state.state));
          const times = [state.raisedAt, state.acknowledgedAt, state.assignedAt, state.resolvedAt, state.verifiedAt].filter((time) => time !== null);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('belongs to who took it over first', () => {
    const taken = acknowledge(RAISED, A, AT + 5);
    if (!taken.ok) throw new Error(taken.code);
    expect(taken.state).toMatchObject({ state: 'acknowledged', owner: A, acknowledgedAt: AT + 5 });
    expect(acknowledge(taken.state, A, AT + 9)).toEqual(taken);
    expect(acknowledge(taken.state, B, AT + 9)).toEqual({ ok: false, code: 'STATE_TAKEN', detail: 'Trực ban A' });
    expect(acknowledge({ ...taken.state, state: 'closed' }, B, AT + 9)).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it('is assigned by who did not acknowledge it first, in one act', () => {
    expect(assign(RAISED, { unit: '20242', requestId: 'hr-1', owner: B }, AT + 5)).toMatchObject({
      ok: true, state: { state: 'assigned', owner: B, acknowledgedAt: AT + 5, assignedAt: AT + 5, unit: '20242', requestId: 'hr-1' },
    });
  });

  it('waits for another unit when its request is returned', () => {
    const assigned: AlertState = { ...RAISED, state: 'assigned', unit: '20242', requestId: 'hr-1', owner: A, acknowledgedAt: AT, assignedAt: AT };
    expect(follow(assigned, 'return')).toMatchObject({ ok: true, state: { state: 'acknowledged', unit: null, requestId: null, assignedAt: null, owner: A } });
    expect(follow({ ...assigned, state: 'resolved' }, 'return')).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it('closes after verification without words, before any unit has it only with a reason, and never in between', () => {
    expect(close({ ...RAISED, state: 'verified' }, undefined, AT)).toMatchObject({ ok: true, state: { state: 'closed', closedAt: AT } });
    expect(close({ ...RAISED, state: 'acknowledged' }, ' ', AT)).toEqual({ ok: false, code: 'STATE_REASON' });
    for (const state of ['raised', 'assigned', 'in-progress', 'resolved'] as const) expect(close({ ...RAISED, state }, 'nhầm', AT)).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it('is put aside for a time and a reason; ĐỎ is not put aside by one person', () => {
    const aside = shelve(RAISED, { until: AT + HOUR, reason: 'chờ nước rút' }, AT);
    if (!aside.ok) throw new Error(aside.code);
    expect(aside.state).toMatchObject({ state: 'raised', shelvedUntil: AT + HOUR, shelvedReason: 'chờ nước rút' });
    expect(isShelved(aside.state, AT + HOUR - 1)).toBe(true);
    expect(isShelved(aside.state, AT + HOUR)).toBe(false);
    expect(shelve({ ...RAISED, level: 1 }, { until: AT + HOUR, reason: 'x' }, AT)).toMatchObject({ code: 'STATE_STEP', detail: expect.stringContaining('người thứ hai') });
    expect(shelve(RAISED, { until: AT + HOUR, reason: ' ' }, AT)).toMatchObject({ code: 'STATE_REASON' });
    for (const until of [AT, AT - 1, AT + 25 * HOUR]) expect(shelve(RAISED, { until, reason: 'x' }, AT)).toMatchObject({ code: 'REQUEST_BODY', pointer: '/until' });
  });

  it('says what is late', () => {
    expect(lateness(RAISED, AT + 100)).toBeUndefined();
    expect(lateness(RAISED, AT + 101)).toBe('acknowledge');
    expect(lateness({ ...RAISED, state: 'acknowledged' }, AT + 101)).toBeUndefined();
    expect(lateness({ ...RAISED, state: 'acknowledged' }, AT + 1001)).toBe('resolve');
    expect(lateness({ ...RAISED, state: 'resolved' }, AT + 1001)).toBeUndefined();
  });

  it('has a way out of every state but the last', () => {
    const all: AlertLifeState[] = ['raised', 'acknowledged', 'assigned', 'in-progress', 'resolved', 'verified'];
    const movable = new Set(Object.values(ALERT_LIFE).filter(({ to }) => to !== null).flatMap(({ from }) => from));
    expect([...movable].sort()).toEqual([...all].sort());
  });
});
