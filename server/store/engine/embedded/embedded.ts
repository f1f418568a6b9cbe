import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Engine } from '../engine.ts';
import { createListener } from '../listener.ts';
import { createSessions, endPool, poolSettings, watchPool } from '../session.ts';
import { VirtualConnection } from './connection.ts';
import { lockFolder } from './folderLock.ts';
import { createTurns, maintain } from './maintenance.ts';
import { createSnapshotBell } from './snapshotBell.ts';
import { createSnapshots } from './snapshots.ts';
import { ensureStoreFolder } from './storeFolder.ts';
import { startSupervisor } from './supervisor.ts';

const DEADLINE_MS = 30_000;
const POOL_SIZE = 16;
const SNAPSHOT_EVERY_MS = 60 * 60_000;

export interface EmbeddedOptions {
  dataFolder: string;
  templateFolder?: string | undefined;
  log: Log;
  clock: Clock;
  deadlineMs?: number | undefined;
  poolSize?: number | undefined;
  /** False for stores that are thrown away: no copy hourly and on close. */
  keepsSnapshots?: boolean | undefined;
  onHeld?: (() => void) | undefined;
}

export interface EmbeddedEngine extends Engine {
  snapshot(): Promise<string>;
  /** Ends the engine as a crash would and waits for the next one. */
  recycle(reason: string): Promise<void>;
}

/** PostgreSQL with PostGIS inside this process, for evaluation, development, tests and single-machine pilots. Power loss is covered only by its snapshots. */
export async function createEmbeddedEngine(options: EmbeddedOptions): Promise<EmbeddedEngine> {
  const { dataFolder, log, clock, keepsSnapshots = true } = options;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await chmod(dataFolder, 0o700);
  const lock = await lockFolder(dataFolder);
  options.onHeld?.();
  try {
    return await openEngine();
  } catch (error) {
    await lock.close();
    throw error;
  }

  async function openEngine(): Promise<EmbeddedEngine> {
    const start = await ensureStoreFolder(dataFolder, options.templateFolder, log);
    const supervisor = await startSupervisor(start, options.deadlineMs ?? DEADLINE_MS, clock, log);
    const { bus } = supervisor;
    const settings: pg.ClientConfig = { stream: () => new VirtualConnection(bus) as never, user: 'postgres', database: 'postgres', ssl: false };
    const pool = new pg.Pool({ ...poolSettings(options.poolSize ?? POOL_SIZE), ...settings, idleTimeoutMillis: 0 });
    watchPool(pool, log);
    const sessions = createSessions(pool);
    const listener = createListener(() => new pg.Client({ ...poolSettings(1), ...settings }), log);
    const snapshots = createSnapshots(join(dataFolder, 'snapshots'), clock);
    let lastSnapshotAt: number | undefined;
    let closing: Promise<void> | undefined;

    const snapshot = async () => {
      const folderOfCopy = await snapshots.take((to) => bus.between((thread) => thread.copy(to)));
      lastSnapshotAt = clock.realNow();
      return folderOfCopy;
    };
    const upkeep = [createTurns('vacuum', () => maintain(sessions), log)];
    if (keepsSnapshots) upkeep.push(createTurns('snapshot', snapshot, log, SNAPSHOT_EVERY_MS), createSnapshotBell(join(dataFolder, 'snapshots'), snapshot, log));

    const close = async () => {
      for (const turns of upkeep) await turns.close();
      await listener.close();
      await endPool(pool, log);
      if (keepsSnapshots) await snapshot();
      await supervisor.close();
      await lock.close();
    };

    return {
      kind: 'embedded',
      pool,
      ...sessions,
      async session(work) {
        const client = await pool.connect();
        try {
          const value = await work(client);
          client.release();
          return value;
        } catch (error) {
          client.release(true);
          throw error;
        }
      },
      listen: listener.listen,
      snapshot,
      recycle: supervisor.recycle,
      health() {
        const { isReady, restarts, lastFault, versions } = supervisor.health();
        const state = closing ? 'closed' : isReady ? 'ready' : 'recovering';
        const { totalCount, idleCount, waitingCount } = pool;
        return {
          kind: 'embedded', state, versions, restarts, lastFault, lastSnapshotAt,
          pool: { open: totalCount, idle: idleCount, waiting: waitingCount },
        };
      },
      close: () => (closing ??= close()),
    };
  }
}
