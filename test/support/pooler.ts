import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../house/tree.ts';
import { freePort } from './freePort.ts';
import { startOwnServer, type OwnServer } from './ownServer.ts';

const PROGRAM = '/usr/sbin/pgbouncer';

/** A pgbouncer of this run alone, in front of one cluster, with the settings that the product ships. */
export interface TestPooler extends OwnServer {
  readonly url: string;
  close(): Promise<void>;
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** The shipped file, leading to the socket of a private cluster. Fails: throws when a line it replaces is not there any more. */
function settingsFor(clusterUrl: string, port: number, folder: string): string {
  const socket = new URL(clusterUrl.replace('@/', '@localhost/')).searchParams.get('host') ?? '';
  writeFileSync(join(folder, 'users.txt'), '"postgres" ""\n');
  const replaced: [string, string][] = [
    ['host=127.0.0.1 port=5432 dbname=toan_canh', `host=${socket} port=5432 dbname=postgres user=postgres`],
    ['listen_port = 6432', `listen_port = ${port}\nunix_socket_dir =`],
    ['auth_type = scram-sha-256', 'auth_type = trust'],
    ['/etc/pgbouncer/userlist.txt', join(folder, 'users.txt')],
  ];
  return replaced.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`docs/deploy/pgbouncer.ini does not say ${from}`);
    return text.replace(from, to);
  }, readFileSync(join(ROOT, 'docs/deploy/pgbouncer.ini'), 'utf8'));
}

/** Fails: throws on a machine without pgbouncer; CI installs it. */
export async function startPooler(clusterUrl: string): Promise<TestPooler> {
  if (!existsSync(PROGRAM)) throw new Error('no pgbouncer on this machine (apt-get install pgbouncer)');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'tc-pool-'));
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(file, settingsFor(clusterUrl, port, folder));
  // It refuses to run as root, as PostgreSQL does.
  const owner = process.getuid?.() === 0 ? { uid: Number(execFileSync('id', ['-u', 'postgres'])), gid: Number(execFileSync('id', ['-g', 'postgres'])) } : undefined;
  if (owner) for (const path of [folder, file, join(folder, 'users.txt')]) chownSync(path, owner.uid, owner.gid);
  const server = await startOwnServer({ program: PROGRAM, args: [file], at: { ...owner, cwd: folder }, answers: () => listens(port) });
  return {
    ...server,
    url: `postgresql://postgres@127.0.0.1:${port}/toan_canh`,
    async close() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
