import { execFile, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
  /** Process that has all others of it below it. */
  pid(): number;
  /** Kills the server as a power switch would and starts it again. */
  crash(): Promise<void>;
  /** Ends the server: SIGINT as its own tool does, SIGQUIT as a power switch would. */
  end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** Starts a server that was ended. */
  begin(): Promise<void>;
  /** Stops every process of the server where it stands, or lets it go on. */
  freeze(isFrozen: boolean): void;
  /** Starts a copy of it by streaming replication; to be stopped before the cluster. */
  copy(): Promise<NativeCopy>;
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

/** A copy that follows a cluster and can only be read. */
export interface NativeCopy {
  readonly url: string;
  stop(): Promise<void>;
}

interface Serving {
  readonly pid: number;
  end(signal: NodeJS.Signals): Promise<void>;
}

type Owner = ReturnType<typeof unprivilegedOwner>;

function makeFolder(owner: Owner): string {
  const folder = mkdtempSync(join(tmpdir(), 'tc-pg-'));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

const urlOf = (folder: string) => `postgresql://postgres@/postgres?host=${encodeURIComponent(folder)}`;

/** Serves the data of a folder on a socket beside it. */
async function serve(bin: string, folder: string, owner: Owner): Promise<Serving> {
  const server = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), '-k', folder, '-c', 'listen_addresses='], { ...owner, cwd: folder, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const killNow = () => void server.kill('SIGQUIT');
  process.once('exit', killNow);
  await answers(urlOf(folder), server);
  return {
    pid: server.pid ?? 0,
    async end(signal) {
      process.off('exit', killNow);
      server.kill(signal);
      await ended;
    },
  };
}

export async function startNativeCluster(bin: string): Promise<NativeCluster> {
  const owner = unprivilegedOwner();
  const folder = makeFolder(owner);
  await run(join(bin, 'initdb'), ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { ...owner, cwd: folder });
  appendFileSync(join(folder, 'data', 'postgresql.conf'), 'fsync = off\n');
  let serving = await serve(bin, folder, owner);
  const end = (signal: NodeJS.Signals) => serving.end(signal);
  const begin = async () => void (serving = await serve(bin, folder, owner));
  return {
    url: urlOf(folder),
    pid: () => serving.pid,
    async crash() {
      await end('SIGQUIT');
      await begin();
    },
    end,
    begin,
    freeze(isFrozen) {
      signalAll(serving.pid, isFrozen ? 'SIGSTOP' : 'SIGCONT');
    },
    async copy() {
      const beside = makeFolder(owner);
      await run(join(bin, 'pg_basebackup'), ['-D', join(beside, 'data'), '-h', folder, '-U', 'postgres', '-R', '-X', 'stream', '--checkpoint=fast', '--no-sync'], { ...owner, cwd: beside });
      const following = await serve(bin, beside, owner);
      return {
        url: urlOf(beside),
        async stop() {
          await following.end('SIGQUIT');
          rmSync(beside, { recursive: true, force: true });
        },
      };
    },
    async stop() {
      signalAll(serving.pid, 'SIGCONT');
      await serving.end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Signals a server, then the processes it has: once it stands still it starts no others. One that ended by itself meanwhile is passed over. */
function signalAll(server: number, signal: NodeJS.Signals): void {
  process.kill(server, signal);
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(server)], { encoding: 'utf8' }).split(/\s+/).filter(Boolean).map(Number);
  for (const pid of children) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
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
