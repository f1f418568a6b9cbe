import { expect, test } from 'vitest';
import type { Procedure } from '#contract/procedure.ts';
import { draftOf, newStep, procedureOf } from './procedureDraft.ts';

const PROCEDURE: Procedure = {
  code: 'ngap', title: 'Ngập', kinds: ['flood'], basis: 'Luật', version: 2, state: 'draft', changedAt: 0, changedBy: '', reason: null,
  steps: [
    { id: 'a', title: 'Xem', role: 'Trực ban', withinMinutes: 5, evidence: 'note', branch: { question: 'Sâu không?', answers: [{ answer: 'Có', goto: 'b' }, { answer: 'Không', goto: 'end' }] } },
    { id: 'b', title: 'Chặn', role: 'Công an', withinMinutes: 10, document: 'Biên bản' },
  ],
};

test('a procedure goes through its editor and comes back the same', () => {
  const { version: _version, state: _state, changedAt: _at, changedBy: _by, reason: _reason, ...text } = PROCEDURE;
  expect(procedureOf(draftOf(PROCEDURE))).toEqual(text);
});

test('a new one has two steps with names of their own', () => {
  const { steps } = draftOf(null);
  expect(new Set(steps.map(({ id }) => id)).size).toBe(2);
  expect(new Set([...steps, newStep(2), newStep(3)].map(({ key }) => key)).size).toBe(4);
});
