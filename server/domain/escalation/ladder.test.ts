import { describe, expect, it } from 'vitest';
import { climbs, LADDER, mayAnswer, mayRaise, nextStep, type Step } from './ladder.ts';

/** Monday, 5 October 2026, ten in the morning. */
const AT = Date.parse('2026-10-05T10:00:00+07:00');
const first = nextStep([], AT, 'thiếu kinh phí') as Step;
const second = nextStep([first], AT + 1, null) as Step;
const who = (role: 'unit-officer' | 'operator' | 'leader' | 'admin') => ({ roles: [role] });

describe('the ladder above a unit', () => {
  it('is climbed rung by rung and ends on top', () => {
    expect([first.level, second.level, nextStep([first, second], AT, null)]).toEqual([LADDER[0]!.level, LADDER[1]!.level, undefined]);
    expect(first).toMatchObject({ reachedAt: AT, why: 'thiếu kinh phí', dueAt: Date.parse('2026-10-06T10:00:00+07:00') });
  });
  it('climbs by itself from the very moment the time to answer is over, but not from the top', () => {
    expect([climbs([first], first.dueAt - 1), climbs([first], first.dueAt), climbs([first, second], second.dueAt), climbs([], AT)]).toEqual([false, true, false, false]);
  });
  it('lets those decide who stand on its rung or above, never the unit itself', () => {
    expect((['unit-officer', 'operator', 'leader', 'admin'] as const).map((role) => mayAnswer([first], who(role)))).toEqual([false, true, true, true]);
    expect((['operator', 'leader'] as const).map((role) => mayAnswer([first, second], who(role)))).toEqual([false, true]);
  });
  it('lets the rung it stands on send it up, while there is one above', () => {
    expect([mayRaise([first], who('operator')), mayRaise([first], who('leader')), mayRaise([first, second], who('leader')), mayRaise([first], who('unit-officer'))]).toEqual([true, false, false, false]);
  });
});
