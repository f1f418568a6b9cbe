import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closable } from '../../../kernel/lifecycle.ts';

/**
 * Holds `folder` for this process alone. The engine itself would let a second process in and lose its rows.
 * The kernel frees the name when the process ends, even by kill -9.
 */
export async function lockFolder(folder: string): Promise<Closable> {
  const path = lockName(realpathSync(folder));
  const isFile = path.startsWith('/');
  const server = (await tryListen(path)) ?? (isFile && (await isAbandoned(path)) ? await takeOver(path) : undefined);
  if (!server) throw new Error(`the store in ${folder} is in use by another process; stop it first, or choose another data folder`);
  server.unref();
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function lockName(realFolder: string): string {
  const name = `toan-canh-store-${createHash('sha256').update(realFolder).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

function tryListen(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(path, () => resolve(server));
  });
}

/** A socket file outlives a killed process; nobody answers on it then. */
function isAbandoned(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(false);
    });
    probe.once('error', () => resolve(true));
  });
}

function takeOver(path: string): Promise<Server | undefined> {
  rmSync(path, { force: true });
  return tryListen(path);
}
