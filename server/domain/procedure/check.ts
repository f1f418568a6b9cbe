import { Compile } from 'typebox/compile';
import { ProcedureText, type ProcedureStep } from '#contract/procedure.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';

const form = Compile(ProcedureText);
const END = 'end';

/** Places a step leads to: the next one, or where its answers go; the number of steps is the end. */
export function leadsTo(steps: readonly ProcedureStep[], index: number): number[] {
  const branch = steps[index]?.branch;
  if (!branch) return [index + 1];
  return branch.answers.map(({ goto }) => (goto === END ? steps.length : steps.findIndex(({ id }) => id === goto)));
}

/** Checks what a person or a file wrote. Fails: PROCEDURE_TEXT with the pointer to what is wrong. */
export function checkProcedure(value: unknown): Outcome<ProcedureText> {
  if (!form.Check(value)) return refused('PROCEDURE_TEXT', { pointer: form.Errors(value)[0]?.instancePath ?? '' });
  const { steps } = value;
  const ids = new Set<string>([END]);
  for (const [index, { id }] of steps.entries()) {
    if (ids.has(id)) return refused('PROCEDURE_TEXT', { pointer: `/steps/${index}/id` });
    ids.add(id);
  }
  const backwards = steps.findIndex((_, index) => leadsTo(steps, index).some((next) => next <= index));
  if (backwards >= 0) return refused('PROCEDURE_TEXT', { pointer: `/steps/${backwards}/branch` });
  const reached = new Set([0]);
  for (const [index] of steps.entries()) if (reached.has(index)) for (const next of leadsTo(steps, index)) reached.add(next);
  const stranded = steps.findIndex((_, index) => !reached.has(index));
  return stranded >= 0 ? refused('PROCEDURE_TEXT', { pointer: `/steps/${stranded}` }) : okay(value);
}
