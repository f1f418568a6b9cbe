import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcedureRun, ProcedureText } from '#contract/procedure.ts';
import { checkProcedure } from './check.ts';
import { moveProcedure } from './life.ts';
import { progressOf, skipStep, startRun, tickStep } from './run.ts';

const AT = 1_800_000_000_000;
const step = (id: string, more: object = {}) => ({ id, title: `Bước ${id}`, role: 'Trực ban', withinMinutes: 5, ...more });
const TEXT: ProcedureText = {
  code: 'thu-nghiem', title: 'Thử nghiệm', kinds: ['flood'], basis: 'Quy định',
  steps: [
    step('a', { evidence: 'note' }),
    step('b', { branch: { question: 'Sâu không?', answers: [{ answer: 'Có', goto: 'c' }, { answer: 'Không', goto: 'd' }, { answer: 'Hết', goto: 'end' }] } }),
    step('c', { evidence: 'photo' }),
    step('d'),
  ],
};
const begin = () => startRun({ ...TEXT, version: 1 }, { id: 'pr-1', alert: 'al-1', by: 'Trực ban', at: AT });
const tick = (run: ProcedureRun, id: string, more: object = {}) => {
  const ticked = tickStep(run, { step: id, by: 'Cán bộ', at: AT + 1000, ...more });
  if (!ticked.ok) throw new Error(ticked.fault.code);
  return ticked.value;
};
const states = (run: ProcedureRun) => run.steps.map(({ state }) => state);
const faultOf = (outcome: ReturnType<typeof tickStep>) => (outcome.ok ? undefined : outcome.fault.code);

describe('a procedure', () => {
  it.each([
    ['a repeated step', { steps: [step('a'), step('a')] }],
    ['a step called end', { steps: [step('a'), step('end')] }],
    ['a branch that goes back', { steps: [step('a'), step('b', { branch: { question: '?', answers: [{ answer: '1', goto: 'a' }, { answer: '2', goto: 'end' }] } }), step('c')] }],
    ['a branch to nowhere', { steps: [step('a', { branch: { question: '?', answers: [{ answer: '1', goto: 'x' }, { answer: '2', goto: 'b' }] } }), step('b')] }],
    ['a step nobody reaches', { steps: [step('a', { branch: { question: '?', answers: [{ answer: '1', goto: 'c' }, { answer: '2', goto: 'end' }] } }), step('b'), step('c')] }],
    ['an unknown field', { more: 1 }],
  ])('with %s is refused', (_name, change) => {
    expect(checkProcedure({ ...TEXT, ...change })).toMatchObject({ ok: false, fault: { code: 'PROCEDURE_TEXT', pointer: expect.any(String) } });
  });

  it('goes from draft by legal review into force and out; back and out need a reason', () => {
    const draft = { ...TEXT, version: 1, state: 'draft' as const, changedAt: AT, changedBy: 'x', reason: null };
    expect(moveProcedure(draft, { to: 'in-force', by: 'y', at: AT })).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
    const review = moveProcedure(draft, { to: 'legal-review', by: 'y', at: AT + 1 });
    if (!review.ok) throw new Error('no review');
    expect(moveProcedure(review.value, { to: 'draft', by: 'y', at: AT })).toMatchObject({ ok: false, fault: { code: 'STATE_REASON' } });
    expect(moveProcedure(review.value, { to: 'draft', by: 'y', at: AT, reason: 'Thiếu căn cứ' })).toMatchObject({ ok: true, value: { state: 'draft', reason: 'Thiếu căn cứ', changedAt: AT + 1 } });
    expect(moveProcedure(review.value, { to: 'in-force', by: 'y', at: AT + 2 })).toMatchObject({ ok: true, value: { state: 'in-force' } });
  });
});

describe('a run', () => {
  it('opens one step at a time with its own clock, and a branch passes steps by', () => {
    const run = begin();
    expect([states(run), run.steps[0]?.dueAt]).toEqual([['open', 'waiting', 'waiting', 'waiting'], AT + 300_000]);
    const second = tick(run, 'a', { note: 'Nước 20 cm' });
    const short = tick(second, 'b', { answer: 'Không' });
    expect([states(short), short.steps[3]?.dueAt]).toEqual([['done', 'done', 'passed', 'open'], AT + 301_000]);
    const ended = tick(short, 'd');
    expect([ended.endedAt, progressOf(ended)]).toEqual([AT + 1000, { run: 'pr-1', code: 'thu-nghiem', version: 1, done: 3, skipped: 0, total: 3 }]);
    expect(tick(second, 'b', { answer: 'Hết' })).toMatchObject({ endedAt: AT + 1000 });
  });

  it('asks for its evidence, refuses closed steps, and answers a repeat alike', () => {
    const run = begin();
    expect(faultOf(tickStep(run, { step: 'a', by: 'x', at: AT }))).toBe('PROCEDURE_EVIDENCE');
    expect(faultOf(tickStep(run, { step: 'b', by: 'x', at: AT, answer: 'Có' }))).toBe('PROCEDURE_STEP');
    const second = tick(run, 'a', { note: 'Nước 20 cm' });
    expect(tick(second, 'a', { note: 'Nước 20 cm' })).toBe(second);
    expect(faultOf(tickStep(second, { step: 'a', by: 'x', at: AT, note: 'Khác' }))).toBe('PROCEDURE_STEP');
    expect(faultOf(tickStep(second, { step: 'b', by: 'x', at: AT, answer: '__proto__' }))).toBe('PROCEDURE_EVIDENCE');
    const third = tick(second, 'b', { answer: 'Có' });
    expect(faultOf(tickStep(third, { step: 'c', by: 'x', at: AT }))).toBe('PROCEDURE_EVIDENCE');
    expect(faultOf(skipStep(third, { step: 'c', by: 'x', at: AT, reason: ' ' }))).toBe('STATE_REASON');
    const skipped = skipStep(third, { step: 'c', by: 'x', at: AT, reason: 'Không vào được' });
    expect(skipped.ok && states(skipped.value)).toEqual(['done', 'done', 'skipped', 'open']);
  });

  it('has exactly one open step until it ends, whatever is tried', () => {
    const act = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'x'), isSkip: fc.boolean(), answer: fc.constantFrom('Có', 'Không', 'Hết', '?') });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let run = begin();
        for (const { id, isSkip, answer } of acts) {
          const next = isSkip
            ? skipStep(run, { step: id, by: 'x', at: AT, reason: 'vì' })
            : tickStep(run, { step: id, by: 'x', at: AT, note: 'n', media: ['at-1'], ...(id === 'b' ? { answer } : {}) });
          if (next.ok) run = next.value;
          expect(states(run).filter((state) => state === 'open')).toHaveLength(run.endedAt === null ? 1 : 0);
        }
      }),
    );
  });
});
