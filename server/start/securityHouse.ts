import type { RefusalsPort } from '../domain/ports/refusals.ts';
import type { SecurityPort } from '../domain/ports/security.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import type { Accounts } from '../store/accounts/accounts.ts';
import { appendAudit } from '../store/accounts/audit.ts';
import { createAuditHeads } from '../store/accounts/auditHeads.ts';
import { createPurge } from '../store/accounts/purge.ts';
import { createRefusals } from '../store/accounts/refusals.ts';
import { createSecurity } from '../store/accounts/security.ts';
import { createClockOffset } from './clockOffset.ts';
import { createSyslog } from './syslog.ts';

const HOUR_MS = 3_600_000;
const NIGHTLY_MS = 24 * HOUR_MS;

export interface SecurityHouse extends Closable {
  port: SecurityPort;
  refusals: RefusalsPort;
  /** One line of the audit log, for what is done outside the store. */
  record(actor: string, action: string, object: string): Promise<void>;
}

/** Everything that guards the accounts beside signing in: signed heads, syslog, keeping, the comparison of clocks. */
export async function openSecurityHouse({ accounts, config, clock, log }: { accounts: Accounts; config: Config; clock: Clock; log: Log }): Promise<SecurityHouse> {
  const { engine, settings } = accounts.parts;
  const hasRowSecurity = await engine.guardRows();
  if (!hasRowSecurity) log.warn({}, 'the database may not make the role ioc_narrow: rights hold by two layers instead of three');
  const heads = createAuditHeads({ db: engine, dataFolder: config.dataFolder, now: clock.realNow, log });
  const syslog = createSyslog({
    settings: () => settings.read(),
    linesAfter: (n, limit) => engine.query('select n, at, actor, action, object from audit_log where n > $1 order by n limit $2', [n, limit]),
    newest: async () => (await engine.query<{ n: number }>('select n from audit_head'))[0]?.n ?? 0,
    log,
  });
  const refusals = createRefusals({ engine, now: clock.realNow, log });
  const offset = createClockOffset({ engine, clock, log });
  const purge = createPurge({ engine, settings, now: clock.realNow });
  const quietly = (what: string, work: () => Promise<unknown>) => void work().catch((error: unknown) => log.warn({ error: String(error) }, what));
  const timers = [
    setInterval(() => quietly('the clocks could not be compared', offset.compare), HOUR_MS),
    setInterval(() => quietly('what is past its keeping could not be removed', () => purge.run('system', null)), NIGHTLY_MS),
  ];
  for (const timer of timers) timer.unref();
  quietly('the head of the audit log could not be signed', heads.sign);
  await offset.compare();

  return {
    refusals,
    record: (actor, action, object) => engine.tx((tx) => appendAudit(tx, { actor, action, object, at: clock.realNow() })),
    port: createSecurity({ accounts, heads, facts: { isTls: config.hasTls, isLoopback: config.isLoopback, rowSecurity: () => hasRowSecurity, syslog: syslog.state, clockOffsetMs: offset.now } }),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await refusals.close?.();
      heads.close();
      await syslog.close?.();
      await heads.sign().catch((error: unknown) => log.warn({ error: String(error) }, 'the last head could not be signed'));
    },
  };
}
