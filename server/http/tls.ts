import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { HttpConfig } from './deps.ts';
import { openLocalAuthority } from './localAuthority.ts';
import { isLoopbackHost } from './peer.ts';

/** What `createHttpApp` needs for TLS; `localCa` only when the authority is our own. */
export interface Tls {
  tls: { key: string; cert: string };
  localCa?: { certificate: string };
}

/** Names and addresses people may type to reach this server. */
function namesOf(host: string): string[] {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const addresses = Object.values(networkInterfaces()).flatMap((rows) => rows ?? []).filter((row) => !row.address.startsWith('fe80'));
  const own = isEverywhere ? [hostname(), ...addresses.map((row) => row.address)] : [host];
  return [...new Set([...own, 'localhost', '127.0.0.1', '::1'])].filter((name) => /^[A-Za-z0-9.:-]+$/.test(name));
}

/** Certificate and key from files, or from our own authority kept in the data folder. Fails: throws when a file cannot be read. */
export function openTls(choice: { certFile: string; keyFile: string } | { dataFolder: string; host: string; now: number }): Tls {
  if ('certFile' in choice) return { tls: { cert: readFileSync(choice.certFile, 'utf8'), key: readFileSync(choice.keyFile, 'utf8') } };
  const { key, cert, root } = openLocalAuthority({ folder: join(choice.dataFolder, 'tls'), names: namesOf(choice.host), now: choice.now });
  return { tls: { key, cert }, localCa: { certificate: root } };
}

/** Fails: throws when pages and passwords would cross a network in the clear and nobody allowed it. */
export function refuseOpenNetwork({ host, tls, allowHttp }: Pick<HttpConfig, 'host' | 'tls' | 'allowHttp'>): void {
  if (tls || allowHttp || isLoopbackHost(host)) return;
  throw new Error(`Địa chỉ ${host} cần TLS: đặt IOC_TLS=auto, hoặc IOC_TLS_CERT và IOC_TLS_KEY. / ${host} needs TLS: set IOC_TLS=auto, or IOC_TLS_CERT and IOC_TLS_KEY.`);
}
