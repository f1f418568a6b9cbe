import type { SecurityPort } from '../domain/ports/security.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import type { DossierFacts } from '../reports/levelDossier.ts';
import { readReportSettings } from '../reports/settings.ts';

const POSTGRES_PORT = 5432;

/** Reads what the level dossier says from the configuration and the state of this process. */
export function dossierFacts({ config, security, clock, version }: { config: Config; security: SecurityPort; clock: Pick<Clock, 'realNow'>; version: string }): () => Promise<DossierFacts> {
  return async () => ({
    at: clock.realNow(),
    version,
    address: `${config.hasTls ? 'https' : 'http'}://${config.IOC_HOST}:${config.IOC_PORT}`,
    port: config.IOC_PORT,
    databasePort: config.DATABASE_URL ? Number(new URL(config.DATABASE_URL).port) || POSTGRES_PORT : null,
    hasRedis: config.REDIS_URL !== '',
    state: await security.state(),
    rules: await security.settings(),
    service: await security.service(),
    settings: readReportSettings(config.dataFolder),
  });
}
