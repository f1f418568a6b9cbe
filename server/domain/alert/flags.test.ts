import { describe, expect, it } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import { escalateByHand, markRepeat, unmarkRepeat, unshelve } from './flags.ts';

const AT = 1_000_000;
const alert = (change: Partial<AlertState> = {}): AlertState => ({
  id: 'al-1', ref: 'r', source: 's', kind: 'flood', level: 2, title: 'Ngập', text: null, status: 'active', state: 'raised', owner: null, unit: null,
  ward: '20242', position: null, area: null, cameraKey: null, evidence: [], confidence: null, provenance: 'simulated', raisedAt: AT, receivedAt: AT,
  updatedAt: AT, acknowledgeBy: AT + 100, dueAt: AT + 1000, acknowledgedAt: null, assignedAt: null, resolvedAt: null, verifiedAt: null, closedAt: null,
  requestId: null, shelvedUntil: null, shelvedReason: null, escalated: 0, duplicateOf: null, ...change,
});

describe('flags of an alert', () => {
  it('marks a repeat once, and takes the mark off', () => {
    const marked = markRepeat(alert({ id: 'al-2' }), alert(), AT + 5);
    if (!marked.ok) throw new Error(marked.code);
    expect(marked.state).toMatchObject({ duplicateOf: 'al-1', updatedAt: AT + 5, state: 'raised' });
    expect(markRepeat(marked.state, alert(), AT + 9)).toEqual({ ok: true, state: marked.state });
    expect(unmarkRepeat(marked.state, AT + 9)).toMatchObject({ ok: true, state: { duplicateOf: null } });
    expect(unmarkRepeat(alert(), AT)).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it.each([
    ['itself', alert({ id: 'al-2' })],
    ['a repeat', alert({ duplicateOf: 'al-9' })],
    ['a closed one', alert({ state: 'closed' })],
  ])('never repeats %s', (_, of) => {
    expect(markRepeat(alert({ id: 'al-2' }), of, AT)).toMatchObject({ ok: false, code: 'ALERT_MERGE' });
  });

  it('is no repeat any more once a unit works on it', () => {
    expect(markRepeat(alert({ id: 'al-2', state: 'assigned' }), alert(), AT)).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it('comes back from the shelf before its time, but only from there', () => {
    expect(unshelve(alert({ shelvedUntil: AT + 50, shelvedReason: 'x' }), AT)).toMatchObject({ ok: true, state: { shelvedUntil: null, shelvedReason: null } });
    expect(unshelve(alert({ shelvedUntil: AT }), AT)).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it('climbs by hand with a reason, up to the highest rung', () => {
    expect(escalateByHand(alert(), 'cần lãnh đạo quyết', AT)).toMatchObject({ ok: true, state: { escalated: 1 } });
    expect(escalateByHand(alert(), ' ', AT)).toEqual({ ok: false, code: 'STATE_REASON' });
    expect(escalateByHand(alert({ escalated: 3 }), 'x', AT)).toEqual({ ok: false, code: 'STATE_STEP' });
    expect(escalateByHand(alert({ state: 'closed' }), 'x', AT)).toEqual({ ok: false, code: 'STATE_STEP' });
  });
});
