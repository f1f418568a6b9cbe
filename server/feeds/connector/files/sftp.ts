import { hash } from 'node:crypto';
import type { Client, Sftp } from 'ssh2';
import type { SftpWay } from '#contract/connector.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { addressOf } from '../address.ts';
import type { Secrets } from '../reader.ts';
import type { FileHouse } from './fileHouse.ts';

const READY_MS = 15_000;

/** Fingerprint of a host key as `ssh-keygen -l` prints it. */
export const fingerprintOf = (key: Buffer): string => `SHA256:${hash('sha256', key, 'base64').replace(/=+$/, '')}`;

/** A folder on an SFTP server, whose fingerprint must be the declared one. */
export function createSftp(way: SftpWay, { secret, privateKey }: Secrets): FileHouse {
  let client: Client | undefined;
  let sftp: Sftp | undefined;

  const connect = async (host: string, signal: AbortSignal): Promise<Outcome<Sftp>> => {
    // Most installations never speak SFTP.
    const { default: ssh2 } = await import('ssh2');
    const mine = (client = new ssh2.Client());
    if (signal.aborted) return refused('SOURCE_TIMEOUT');
    let shown = '';
    return new Promise((resolve) => {
      const stop = () => mine.destroy();
      signal.addEventListener('abort', stop, { once: true });
      mine.on('close', () => {
        signal.removeEventListener('abort', stop);
        resolve(refused('SOURCE_UNREACHABLE', { detail: 'đóng' }));
      });
      mine.on('error', (error) => {
        if (shown !== way.hostKey && shown !== '') resolve(refused('SOURCE_HOST_KEY', { detail: shown }));
        else if (error.level === 'client-authentication') resolve(refused('SOURCE_LOGIN'));
        else resolve(refused(error.level === 'client-timeout' ? 'SOURCE_TIMEOUT' : 'SOURCE_UNREACHABLE', { detail: error.code ?? error.level ?? '' }));
      });
      mine.on('ready', () => mine.sftp((error, opened) => resolve(error ? refused('SOURCE_LOGIN', { detail: 'sftp' }) : okay(opened))));
      try {
        mine.connect({
          host, port: way.port, username: way.user, readyTimeout: READY_MS,
          ...(privateKey ? { privateKey } : { password: secret ?? '' }),
          hostVerifier: (key) => {
            shown = fingerprintOf(key);
            return shown === way.hostKey;
          },
        });
      } catch (error) {
        resolve(refused('SOURCE_SECRET', { detail: error instanceof Error ? error.message : '' }));
      }
    });
  };

  return {
    async list(signal) {
      if (!secret && !privateKey) return refused('SOURCE_SECRET');
      const address = await addressOf(way);
      if (!address.ok) return address;
      const opened = await connect(address.value, signal);
      if (!opened.ok) return opened;
      sftp = opened.value;
      return new Promise((resolve) => {
        client?.on('close', () => resolve(refused('SOURCE_UNREACHABLE', { detail: 'đóng' })));
        opened.value.readdir(way.folder, (error, list) => {
          if (error) return resolve(refused('SOURCE_UNREACHABLE', { detail: way.folder }));
          resolve(okay(list.filter(({ filename, attrs }) => attrs.isFile() && !filename.includes('/')).map(({ filename, attrs }) => ({ name: filename, bytes: attrs.size, changedAt: attrs.mtime * 1000 }))));
        });
      });
    },
    read: (name) =>
      new Promise((resolve) => {
        if (!sftp) return resolve(refused('SOURCE_UNREACHABLE'));
        client?.on('close', () => resolve(refused('SOURCE_CUT', { detail: name })));
        sftp.readFile(`${way.folder.replace(/\/$/, '')}/${name}`, (error, bytes) => resolve(error ? refused('SOURCE_CUT', { detail: name }) : okay(bytes)));
      }),
    leave() {
      client?.end();
      client = sftp = undefined;
    },
  };
}
