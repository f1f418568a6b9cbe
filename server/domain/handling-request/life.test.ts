import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { isRequestCurrent, isRequestOverdue, REQUEST_LIFE, type RequestAct, stepRequest } from './life.ts';

const AT = 1_000_000;
const SENT: HandlingRequestState = {
  id: 'hr-1', ref: 'hr-1', source: 'ioc', about: { topic: 'alert', id: 'al-1', title: 'Ngập' }, title: 'Ngập', note: null, unit: '20242', level: 2,
  position: null, ward: '20242', provenance: 'simulated', step: 'sent', issuedBy: 'Trực ban', issuedAt: AT, updatedAt: AT, dueAt: AT + 1000,
  deliveredAt: null, readAt: null, acceptedAt: null, acceptedBy: null, returnedAt: null, returnReason: null, carriedOutAt: null, result: null,
  verifiedAt: null, verifiedBy: null,
};
const acts = fc.constantFrom(...(Object.keys(REQUEST_LIFE) as RequestAct[]));
const moves = fc.array(fc.record({ act: acts, wait: fc.integer({ min: -50, max: 50 }), words: fc.constantFrom(undefined, '', '  ', 'lý do', 'đã xong') }), { maxLength: 40 });

/** Runs acts one after another, keeping every state that was reached. */
function run(steps: readonly { act: RequestAct; wait: number; words: string | undefined }[]): { act: RequestAct; state: HandlingRequestState }[] {
  let at = AT;
  let state = SENT;
  const reached: { act: RequestAct; state: HandlingRequestState }[] = [];
  for (const { act, wait, words } of steps) {
    at += wait;
    const stepped = stepRequest(state, act, { at, actor: 'Cán bộ mẫu', words });
    if (!stepped.ok || stepped.state === state) continue;
    state = stepped.state;
    reached.push({ act, state });
  }
  return reached;
}

describe('life of a handling request', () => {
  it('goes all the way, each step timed', () => {
    const steps = (['deliver', 'read', 'accept', 'carry-out', 'verify'] as const).map((act) => ({ act, wait: 1, words: act === 'carry-out' ? 'đã xong' : undefined }));
    expect(run(steps).at(-1)?.state).toMatchObject({
      step: 'verified', deliveredAt: AT + 1, readAt: AT + 2, acceptedAt: AT + 3, carriedOutAt: AT + 4, verifiedAt: AT + 5, result: 'đã xong', acceptedBy: 'Cán bộ mẫu',
    });
  });

  it('is never verified without having been carried out with a result', () => {
    let verified = 0;
    fc.assert(
      fc.property(moves, (steps) => {
        const reached = run(steps);
        const index = reached.findIndex(({ state }) => state.step === 'verified');
        verified += index >= 0 ? 1 : 0;
        expect(index >= 0 && (reached[index - 1]?.act !== 'carry-out' || !reached[index]?.state.result)).toBe(false);
      }),
      { numRuns: 10_000, seed: 5 },
    );
    expect(verified).toBeGreaterThan(100);
  });

  it('stamps times that never run backwards, even when the clock does', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        let before = AT;
        for (const { state } of run(steps)) {
          const times = [state.issuedAt, state.deliveredAt, state.readAt, state.acceptedAt, state.returnedAt ?? state.carriedOutAt, state.verifiedAt].filter((at) => at !== null);
          expect(times).toEqual([...times].sort((a, b) => a - b));
          expect(state.updatedAt).toBeGreaterThanOrEqual(before);
          before = state.updatedAt;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is over for good once returned or verified', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const reached = run(steps);
        const end = reached.findIndex(({ state }) => !isRequestCurrent(state));
        expect([-1, reached.length - 1]).toContain(end);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['return', 'read', 'STATE_REASON'],
    ['refuse', 'carried-out', 'STATE_REASON'],
    ['carry-out', 'accepted', 'STATE_RESULT'],
  ] as const)('refuses to %s without words', (act, step, code) => {
    for (const words of [undefined, '', '   ']) expect(stepRequest({ ...SENT, step }, act, { at: AT, actor: 'x', words })).toEqual({ ok: false, code });
  });

  it('answers the same to the same act, and refuses the same act with other words', () => {
    const accepted = { ...SENT, step: 'accepted' as const };
    expect(stepRequest(accepted, 'accept', { at: AT + 9, actor: 'y' })).toEqual({ ok: true, state: accepted });
    expect(stepRequest(accepted, 'read', { at: AT + 9, actor: 'y' })).toEqual({ ok: true, state: accepted });
    const done = { ...SENT, step: 'carried-out' as const, result: 'đã xong' };
    expect(stepRequest(done, 'carry-out', { at: AT, actor: 'x', words: ' đã xong ' })).toEqual({ ok: true, state: done });
    expect(stepRequest(done, 'carry-out', { at: AT, actor: 'x', words: 'khác' })).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it('goes back to the unit when its result is refused, with the reason', () => {
    const done = { ...SENT, step: 'carried-out' as const, result: 'đã xong', carriedOutAt: AT };
    expect(stepRequest(done, 'refuse', { at: AT + 5, actor: 'x', words: 'chưa sạch' })).toMatchObject({
      ok: true, state: { step: 'accepted', result: null, carriedOutAt: null, returnReason: 'chưa sạch', returnedAt: null },
    });
  });

  it('is overdue while its unit has not carried it out', () => {
    expect(isRequestOverdue(SENT, SENT.dueAt)).toBe(false);
    expect(isRequestOverdue(SENT, SENT.dueAt + 1)).toBe(true);
    for (const step of ['carried-out', 'verified', 'returned'] as const) expect(isRequestOverdue({ step, dueAt: 0 }, 1)).toBe(false);
  });
});
