import { expect, it } from 'vitest';
import cases from './deadlines.cases.json' with { type: 'json' };
import { feedbackDueAt } from './deadlines.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);

it('has fifty cases: lunch, evenings, weekends, Tết, swapped days, make-up Saturdays, the turn of the year', () => {
  expect(cases).toHaveLength(50);
});

it.each(cases.map(({ service, reported, due }) => [service, reported, due] as const))('%s reported at %s is due at %s', (service, reported, due) => {
  expect(feedbackDueAt(service, local(reported))).toBe(local(due));
});
