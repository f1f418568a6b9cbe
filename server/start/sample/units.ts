import type { Principal } from '#contract/roles.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { AccountsPort } from '../../domain/ports/accounts.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import table from './plans.vi.json' with { type: 'json' };

const DAY_MS = 86_400_000;
const LOOK_MS = 20_000;
/** The desk that checks plans in the sample city. */
const DESK: Principal = { kind: 'system', id: 'system-sample', name: 'Trung tâm mẫu (mô phỏng)', roles: ['operator'], units: null };

export interface SampleUnitsDeps {
  accounts: Pick<AccountsPort, 'createAccount' | 'listAccounts'>;
  commands: Pick<CommandHandlers, 'case.acknowledge' | 'case.plan' | 'case.submit' | 'case.verify'>;
  /** Simulated cases that nobody has taken up. */
  opened(): Promise<readonly Pick<CaseState, 'id' | 'unit' | 'title'>[]>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  /** A password nobody is told: these people are named, they never sign in. */
  password(): string;
  lookMs?: number | undefined;
}

/** The fictitious agencies answer the cases of the sample city by the commands that real units use, so that a newcomer's board has causes, promises and names. */
export interface SampleUnits extends Closable {
  look(): Promise<void>;
  close(): Promise<void>;
}

export function createSampleUnits({ accounts, commands, opened, clock, log, password, lookMs = LOOK_MS }: SampleUnitsDeps): SampleUnits {
  const known = new Map<string, Principal>();
  let looking: Promise<void> | undefined;

  async function personOf(unit: string): Promise<Principal | undefined> {
    const one = table.people.find((person) => person.unit === unit);
    if (!one || known.has(unit)) return known.get(unit);
    const { user, name, position } = one;
    const line = (await accounts.listAccounts()).find((account) => account.user === user);
    const made = line ? { ok: true as const, value: { kind: 'person' as const, id: line.id, name, roles: line.roles, units: line.units } } : await accounts.createAccount({ user, name, position, roles: ['unit-officer'], units: [unit], password: password() });
    if (!made.ok || line?.disabled) return undefined;
    known.set(unit, made.value);
    return made.value;
  }

  async function answer({ id, unit, title }: Pick<CaseState, 'id' | 'unit' | 'title'>): Promise<void> {
    const plan = table.plans.find((one) => one.unit === unit && one.title === title);
    const person = plan && (await personOf(unit));
    if (!plan || !person) return;
    const { cause, solution, milestones, isSubmitted, isAccepted } = plan;
    const day = Math.floor((clock.now() + 7 * 3_600_000) / DAY_MS);
    await commands['case.acknowledge']?.(person, { id });
    const dated = milestones.map((one) => ({ title: one.title, dueAt: (day + one.inDays) * DAY_MS + 10 * 3_600_000 }));
    await commands['case.plan']?.(person, { id, cause, solution, responsible: person.id, milestones: dated });
    if (isSubmitted) await commands['case.submit']?.(person, { id });
    if (isAccepted) await commands['case.verify']?.(DESK, { id, isAccepted: true });
  }

  const look = () =>
    (looking ??= (async () => {
      for (const one of await opened()) await answer(one);
    })().finally(() => (looking = undefined)));
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ error: String(error) }, 'the sample agencies could not answer'));
  }, lookMs);
  timer.unref();
  return {
    look,
    async close() {
      clearInterval(timer);
      await looking?.catch(() => undefined);
    },
  };
}
