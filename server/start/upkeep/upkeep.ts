import { X509Certificate } from 'node:crypto';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import type { SetupState, UpkeepState } from '#contract/centre.ts';
import { okay, refused } from '#contract/faults.ts';
import { nextAt } from '../../domain/connector/schedule.ts';
import type { ConnectorsPort } from '../../domain/ports/connectors.ts';
import type { FeedsPort } from '../../domain/ports/feeds.ts';
import type { SystemPort } from '../../domain/ports/system.ts';
import type { UpkeepPort } from '../../domain/ports/upkeep.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Config } from '../../kernel/config.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import { NEW_CENTRE, readCentre, writeCentre } from '../../store/centre/centre.ts';
import type { Engine } from '../../store/engine/engine.ts';
import { guarded } from '../../store/work/guarded.ts';
import { listBackups, makeTestedBackup } from './backups.ts';
import releaseNotes from './releaseNotes.json' with { type: 'json' };

const LOOK_MS = 60_000;

interface Deps {
  engine: Engine;
  clock: Clock;
  config: Config;
  log: Log;
  version: string;
  system: SystemPort;
  feeds: FeedsPort;
  connectors: ConnectorsPort;
  /** Certificate the pages are served with, PEM. */
  certificate(): string | undefined;
  /** Of several servers only one makes the nightly backup. */
  isOnDuty(): boolean;
  choices(): Pick<SetupState, 'provinces' | 'walls'>;
}

/** The set-up of the first day, and what keeps the installation well after it: backups that are tried, certificates, facts for the help desk. */
export function createUpkeep({ engine, clock, config, log, version, system, feeds, connectors, certificate, isOnDuty, choices }: Deps): UpkeepPort & Closable {
  let working: Promise<void> | undefined;
  let fault: string | null = null;
  let dueAt: number | null = null;

  const backUp = async (keep: number) => {
    try {
      const tested = await makeTestedBackup(config, { version, now: clock.realNow, keep, snapshot: engine.snapshot && (() => engine.snapshot!()) });
      fault = tested?.ok ? null : (tested?.detail ?? 'trial');
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
    }
    if (fault) log.error({ error: fault }, 'the backup did not succeed');
  };
  const begin = (keep: number) => {
    working ??= backUp(keep).finally(() => (working = undefined));
  };
  const look = async () => {
    const { backup } = await readCentre(engine);
    if (dueAt !== null && backup.isOn && clock.realNow() >= dueAt && isOnDuty()) begin(backup.keep);
    dueAt = backup.isOn ? nextAt({ dailyAt: backup.at }, clock.realNow(), 0, 0) : null;
  };
  const quietly = () => void look().catch((error: unknown) => log.warn({ error: String(error) }, 'the schedule of backups could not be read'));
  const timer = setInterval(quietly, LOOK_MS);
  timer.unref();
  quietly();

  const listed = async () => {
    const all = await connectors.list();
    return all.ok ? all.value : [];
  };

  return {
    setup: () =>
      guarded(async () => {
        const [counts] = await engine.query<{ accounts: number }>('select count(*)::int as accounts from account');
        return okay({ centre: await readCentre(engine), ...choices(), accounts: counts?.accounts ?? 0, sources: feeds.health().length + (await listed()).length });
      }),
    async writeCentre(actor, centre) {
      const written = await writeCentre(engine, actor.id, centre, clock.now());
      if (written.ok) await look();
      return written;
    },
    state: () =>
      guarded(async () => {
        const { helpDesk, backup } = await readCentre(engine);
        const served = certificate();
        const certificates: UpkeepState['certificates'] = served ? [{ of: 'https', until: new X509Certificate(served).validToDate.getTime() }] : [];
        const links = await listed();
        for (const { name, certificateUntil } of links) if (certificateUntil !== null) certificates.push({ of: name, until: certificateUntil });
        const failing = links.filter(({ state }) => state === 'failing').map(({ name }) => name);
        return okay({ helpDesk, backup, nextBackupAt: dueAt, isWorking: working !== undefined, fault, backups: (await listBackups(config.dataFolder)).slice(0, 20), certificates, failing, licence: 'EUPL-1.2', releaseNotes });
      }),
    async backUp() {
      if (working) return refused('STATE_STEP');
      const { backup } = await readCentre(engine);
      begin(backup.keep);
      return okay(undefined);
    },
    diagnostics: () =>
      guarded(async () => {
        const state = await system.look();
        return okay({
          product: 'toan-canh', version, at: clock.realNow(), runtime: `${state.runtime} ${process.platform}-${process.arch}`,
          system: { startedAt: state.startedAt, clock: state.clock, store: state.store, disk: state.disk, memoryBytes: state.memoryBytes },
          feeds: feeds.health().map(({ id, state: is, ageMs, accepted, rejected, reason }) => ({ id, state: is, ageMs, accepted, rejected, reason })),
          connectors: (await listed()).map(({ id, topic, way, format, state: is, fault: why, failures, accepted, rejected, lastSuccessAt }) => ({ id, topic, way: way.kind, format, state: is, code: why?.code, failures, accepted, rejected, lastSuccessAt })),
          backups: (await listBackups(config.dataFolder)).slice(0, 5),
          machine: { cores: availableParallelism(), memoryBytes: totalmem(), load: loadavg() },
          // Names of the settings only: values may hold passwords.
          settings: Object.keys(process.env).filter((name) => name.startsWith('IOC_') || name === 'DATABASE_URL' || name === 'REDIS_URL').sort(),
        });
      }),
    exportConfiguration: () =>
      guarded(async () =>
        okay({ product: 'toan-canh' as const, centre: await readCentre(engine), connectors: (await listed()).map(({ id, name, topic, provenance, way, format, items, mapping, schedule, tellBack }) => ({ id, name, topic, provenance, way, format, items, mapping, schedule, ...(tellBack ? { tellBack } : {}) })) }),
      ),
    async importConfiguration(actor, { centre, connectors: texts }) {
      const written = await writeCentre(engine, actor.id, { ...NEW_CENTRE, ...centre }, clock.now());
      if (!written.ok) return written;
      const known = new Map((await listed()).map(({ id, rev }) => [id, rev]));
      for (const text of texts) {
        const kept = await connectors.write(actor, text, {}, known.get(text.id) ?? 0);
        if (!kept.ok) return kept;
      }
      return okay({ connectors: texts.length });
    },
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}
