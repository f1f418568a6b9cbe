import { expect, it } from 'vitest';
import type { AccountLine } from '../../domain/ports/accounts.ts';
import { AT, createRedBench, DAY } from '../../store/red/testing/bench.ts';
import { createSilentLog } from '../../kernel/log.ts';
import table from './plans.vi.json' with { type: 'json' };
import { createSampleUnits } from './units.ts';

it('sample agencies answer their cases by the commands of real units, once', async () => {
  const bench = await createRedBench('embedded');
  const made: string[] = [];
  const units = createSampleUnits({
    accounts: {
      listAccounts: async () => [] as AccountLine[],
      async createAccount({ user, name, roles, units: of }) {
        made.push(user);
        return { ok: true, value: { kind: 'person', id: await bench.account(user, of), name, roles, units: of } };
      },
    },
    commands: bench.work, clock: bench.clock, log: createSilentLog(), password: () => 'x'.repeat(40), lookMs: 3_600_000,
    opened: async () => (await bench.cases()).filter(({ state }) => state === 'opened'),
  });
  try {
    const plan = table.plans.find(({ unit }) => unit === 'SM-B')!;
    const assignment = (unit: string) => ({ key: unit, at: AT - 20 * DAY, unit, title: plan.title, dueAt: AT - 2 * DAY, progress: 85 });
    await bench.send('assignment', [assignment('SM-B'), assignment('SM-A')]);
    await units.look();
    await units.look();
    const [answered, left] = await bench.cases();
    expect(answered).toMatchObject({ unit: 'SM-B', state: 'accepted', cause: plan.cause, responsible: { unit: 'SM-B' }, milestones: [{ title: plan.milestones[0]!.title }], redSince: AT - 2 * DAY });
    expect(answered!.milestones[0]!.dueAt).toBeGreaterThan(bench.clock.now());
    expect(left).toMatchObject({ unit: 'SM-A', state: 'opened' });
    expect(made).toEqual(['mau-sm-b']);
  } finally {
    await units.close();
    await bench.close();
  }
});
