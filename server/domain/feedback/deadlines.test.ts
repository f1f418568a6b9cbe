import { expect, it } from 'vitest';
import cases from './deadlines.cases.json' with { type: 'json' };
import { feedbackDays, feedbackDueAt } from './deadlines.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);

it('has fifty cases: lunch, evenings, weekends, Tết, swapped days, make-up Saturdays, the turn of the year', () => {
  expect(cases).toHaveLength(50);
});

it.each(cases.map(({ service, reported, due }) => [service, reported, due] as const))('%s reported at %s is due at %s', (service, reported, due) => {
  expect(feedbackDueAt(service, local(reported))).toBe(local(due));
});

it('takes the days of a ward or of a service in a ward before those of the catalogue', () => {
  const deadlines = [{ ward: '20242', service: 'drainage', days: 1 }, { ward: '20333', service: null, days: 10 }, { ward: null, service: 'prices', days: 7 }];
  const days = (service: string, ward: string | null) => feedbackDays(service, ward, { deadlines });
  expect([days('drainage', '20242'), days('environment', '20242'), days('drainage', '20333'), days('prices', null), days('forest', null), days('khong-co', null)]).toEqual([1, 3, 10, 7, 5, 3]);
});
