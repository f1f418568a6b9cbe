import { Check } from 'typebox/value';
import { LEAST_KEPT_DAYS, SecuritySettings, SignInService } from '#contract/security.ts';
import { SECURITY_DEFAULTS } from '../../domain/account/securitySettings.ts';
import type { Seal } from '../topics/seal.ts';
import type { Queryable, Tx } from '../engine/engine.ts';

const SETTINGS = 'security';
const SERVICE = 'sign-in-service';
const TRUST_MS = 2000;

/** What an administrator decided; every node reads it again within two seconds. */
export interface SettingsStore {
  /** `db`: the transaction that asks, when there is one. */
  read(db?: Queryable): Promise<SecuritySettings>;
  write(tx: Tx, settings: SecuritySettings, actor: string): Promise<void>;
  /** The sign-in service with its secret, for signing in. */
  service(): Promise<SignInService | undefined>;
  writeService(tx: Tx, service: SignInService, actor: string): Promise<void>;
}

const KEEP = 'insert into setting (name, value, changed_by, changed_at) values ($1, $2, $3, $4) on conflict (name) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at';

export function createSettingsStore({ engine, seal, now }: { engine: Queryable; seal: Seal; now(): number }): SettingsStore {
  let known: { at: number; settings: SecuritySettings } | undefined;
  const valueOf = async (name: string, db: Queryable = engine): Promise<unknown> => (await db.query<{ value: unknown }>('select value from setting where name = $1', [name]))[0]?.value;

  const service = async (db?: Queryable): Promise<SignInService | undefined> => {
    const value = (await valueOf(SERVICE, db)) as (SignInService & { sealedSecret?: string }) | undefined;
    if (value === undefined) return undefined;
    const { sealedSecret, ...rest } = value;
    const whole = { ...rest, ...(sealedSecret === undefined ? {} : { clientSecret: seal.open(Buffer.from(sealedSecret, 'base64')) }) };
    return Check(SignInService, whole) ? whole : undefined;
  };

  return {
    async read(db) {
      if (known && now() - known.at < TRUST_MS) return known.settings;
      const value = await valueOf(SETTINGS, db);
      const kept = { ...SECURITY_DEFAULTS, ...(typeof value === 'object' ? value : {}) };
      // A store may hold shorter times from before they had a floor.
      const whole = { ...kept, keepAuditDays: Math.max(kept.keepAuditDays, LEAST_KEPT_DAYS.audit), keepViewsDays: Math.max(kept.keepViewsDays, LEAST_KEPT_DAYS.views) };
      const settings = Check(SecuritySettings, whole) ? whole : SECURITY_DEFAULTS;
      known = { at: now(), settings };
      return settings;
    },
    async write(tx, settings, actor) {
      await tx.query(KEEP, [SETTINGS, JSON.stringify(settings), actor, now()]);
      known = undefined;
    },
    service: () => service(),
    async writeService(tx, { clientSecret, ...rest }, actor) {
      const secret = clientSecret ?? (await service(tx))?.clientSecret;
      const sealed = secret === undefined ? {} : { sealedSecret: seal.seal(secret).toString('base64') };
      await tx.query(KEEP, [SERVICE, JSON.stringify({ ...rest, ...sealed }), actor, now()]);
    },
  };
}
