import { join } from 'node:path';
import { createRealClock } from '../kernel/clock.ts';
import { readConfig, type Config } from '../kernel/config.ts';
import { createLog } from '../kernel/log.ts';
import { createEngine, type Engine } from '../store/engine/engine.ts';
import { migrate } from '../store/engine/migrate.ts';
import { ROOT } from './root.ts';

/** Settings for a command. Fails: says every problem and ends the process. */
export function configOrStop(): Config {
  const answer = readConfig(process.env, ROOT);
  if ('config' in answer) return answer.config;
  for (const problem of answer.problems) console.error(`✗ ${problem}`);
  process.exit(1);
}

/** Opens the store as it stands, whatever version wrote it. */
export const reachStore = (config: Config): Promise<Engine> =>
  createEngine({
    databaseUrl: config.DATABASE_URL,
    dataFolder: config.dataFolder,
    templateFolder: config.IOC_TEMPLATE || join(ROOT, 'node_modules', '.cache', 'store-template'),
    log: createLog(config.IOC_LOG),
    clock: createRealClock(),
  });

/** Opens the store as the server would. Fails: throws with a plain sentence while a server holds an embedded store. */
export async function openStore(config: Config): Promise<Engine> {
  const engine = await reachStore(config);
  await migrate(engine, createLog(config.IOC_LOG));
  return engine;
}

/** Runs one piece of work of a command on the store, and ends with a plain sentence when it can not. */
export async function withStore(work: (engine: Engine, config: Config) => Promise<void>): Promise<void> {
  const config = configOrStop();
  try {
    const engine = await openStore(config);
    try {
      await work(engine, config);
    } finally {
      await engine.close();
    }
  } catch (error) {
    console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
