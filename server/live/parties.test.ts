import { expect, test } from 'vitest';
import { createRealClock } from '../kernel/clock.ts';
import { createFakeAccounts } from './fakes.ts';
import { createParties } from './parties.ts';

test('an open page is no activity of its person; an act is, at most once a minute', async () => {
  let now = 1_000_000;
  const touched: boolean[] = [];
  const fake = createFakeAccounts();
  const accounts = { ...fake, principalOf: (token: string, options?: { isTouch?: boolean }) => (touched.push(options?.isTouch !== false), fake.principalOf(token)) };
  const parties = createParties(accounts, createRealClock(() => now), () => []);
  const party = await parties.open('operator-token');
  for (let look = 0; look < 5; look++) {
    now += 10_000;
    await parties.refresh(party!);
  }
  expect(touched).toContain(false);
  expect(touched).not.toContain(true);
  parties.touch('operator-token');
  parties.touch('operator-token');
  now += 60_000;
  parties.touch('operator-token');
  expect(touched.filter(Boolean)).toHaveLength(2);
});
