import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Config } from '../../kernel/config.ts';
import type { Engine } from '../../store/engine/engine.ts';
import { reachStore } from '../openStore.ts';

const run = promisify(execFile);
const WIPE = fileURLToPath(new URL('../../store/engine/wipe.sql', import.meta.url));
/** Extensions often belong to an administrator of the database: they stay as they are. */
const OF_EXTENSIONS = / (EXTENSION|COMMENT) - EXTENSION | EXTENSION - | TABLE DATA public spatial_ref_sys /;

/** A dump names the role of the third layer of rights; on another server it may be missing. Returns whether it is there. */
async function ensureNarrowRole(engine: Engine): Promise<boolean> {
  await engine.query(`do $$ begin
    create role ioc_narrow nologin;
    execute format('grant ioc_narrow to %I', current_user);
  exception when insufficient_privilege or duplicate_object or unique_violation then null; end $$`);
  return (await engine.query(`select from pg_roles where rolname = 'ioc_narrow'`)).length > 0;
}

/** Puts a dump in the place of everything that is there, also of what a newer version made, in one transaction. Fails: throws and leaves all as it was. */
export async function restoreDump(config: Config, dump: string): Promise<void> {
  const engine = await reachStore(config);
  const hasRole = await ensureNarrowRole(engine).finally(() => engine.close());
  const scratch = await mkdtemp(join(tmpdir(), 'toan-canh-restore-'));
  try {
    const [list, script] = [join(scratch, 'list'), join(scratch, 'script.sql')];
    const { stdout } = await run('pg_restore', ['--list', dump], { maxBuffer: 2 ** 26 });
    await writeFile(list, stdout.split('\n').filter((line) => !OF_EXTENSIONS.test(line)).join('\n'));
    await run('pg_restore', ['--no-owner', ...(hasRole ? [] : ['--no-acl']), `--use-list=${list}`, `--file=${script}`, dump]);
    await run('psql', ['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1', `--file=${WIPE}`, `--file=${script}`, `--dbname=${config.DATABASE_LISTEN_URL || config.DATABASE_URL}`], { maxBuffer: 2 ** 26 });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
