import { execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const PLACES = ['/usr/lib/postgresql', '/usr/local/pgsql', '/opt/homebrew/opt/postgresql'];
const LEAST_MAJOR = 15;

/** A private PostgreSQL for one test run: temporary folder, unix socket only, no durability. */
export interface NativeCluster {
  readonly url: string;
  /** Kills the server as a power switch would and starts it again. */
  crash(): Promise<void>;
  /** Stops every process of the server where it stands, or lets it go on. */
  freeze(isFrozen: boolean): void;
  stop(): Promise<void>;
}

/** Folder of a PostgreSQL that has PostGIS, newest first. */
export function findPostgres(): string | undefined {
  const folders = PLACES.filter(existsSync).flatMap((place) => [join(place, 'bin'), ...readdirSync(place).map((name) => join(place, name, 'bin'))]);
  return folders.filter(hasPostgis).sort((a, b) => majorOf(b) - majorOf(a))[0];
}

function hasPostgis(bin: string): boolean {
  if (!existsSync(join(bin, 'initdb')) || !existsSync(join(bin, 'pg_config')) || majorOf(bin) < LEAST_MAJOR) return false;
  const share = execFileSync(join(bin, 'pg_config'), ['--sharedir'], { encoding: 'utf8' }).trim();
  return existsSync(join(share, 'extension', 'postgis.control'));
}

const majorOf = (bin: string) => Number.parseInt(execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).replace(/\D+/, ''), 10);

export async function startNativeCluster(bin: string): Promise<NativeCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'tc-pg-'));
  const owner = unprivilegedOwner();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const url = `postgresql://postgres@/postgres?host=${encodeURIComponent(folder)}`;
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { ...owner, cwd: folder });

  let postmaster = 0;
  const start = async () => {
    const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'], { ...owner, cwd: folder, stdio: 'ignore' });
    postmaster = server.pid ?? 0;
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const end = async (signal: NodeJS.Signals) => {
      process.off('exit', killNow);
      server.kill(signal);
      await ended;
    };
    const killNow = () => void server.kill('SIGQUIT');
    process.once('exit', killNow);
    await answers(url, server);
    return end;
  };

  let end = await start();
  return {
    url,
    async crash() {
      await end('SIGQUIT');
      end = await start();
    },
    freeze(isFrozen) {
      const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' }).trim().split(/\s+/).map(Number);
      for (const pid of [postmaster, ...children]) process.kill(pid, isFrozen ? 'SIGSTOP' : 'SIGCONT');
    },
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivilegedOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function answers(url: string, server: { exitCode: number | null }): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the private PostgreSQL ended with code ${server.exitCode}`);
    const client = new pg.Client({ connectionString: url });
    const isUp = await client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
