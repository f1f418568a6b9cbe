import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { okay, refused } from '#contract/faults.ts';
import type { CertificateState } from '#contract/certificate.ts';
import type { CertificatesPort } from '../domain/ports/certificates.ts';
import type { TlsChoice } from '../kernel/config.ts';
import type { Log } from '../kernel/log.ts';
import { checkCertificate, factsOf, type Pair } from './certificateCheck.ts';
import { openTls, type Tls } from './tls.ts';

interface Deps {
  choice: TlsChoice;
  host: string;
  dataFolder: string;
  now(): number;
  /** One line of the audit log. */
  record(actor: string, action: string, object: string): Promise<void>;
  log: Log;
}

/** The certificate of this server, and how it is changed while the server runs. */
export interface Certificates extends CertificatesPort {
  /** What is served now; undefined without TLS. */
  served(): Pair | undefined;
  /** Called with what new connections are to be served. */
  follow(listener: (pair: Pair) => void): void;
}

const isDiskFull = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOSPC';

/** Key and chain in one file, so that they change together. */
function readOwn(file: string): Pair | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const end = text.indexOf('-----BEGIN CERTIFICATE-----');
  const pair = { key: text.slice(0, end), cert: text.slice(end) };
  if (!new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key))) throw new Error('key and certificate are not of each other');
  return pair;
}

/** Fails: throws when files named at the start can not be read. */
export function createCertificates({ choice, host, dataFolder, now, record, log }: Deps): Certificates {
  const folder = join(dataFolder, 'tls');
  const file = join(folder, 'own.pem');
  const next = `${file}.new`;
  const listeners: ((pair: Pair) => void)[] = [];

  const given = (): Pair | undefined => {
    try {
      return readOwn(file);
    } catch (error) {
      log.error({ file, error: String(error) }, 'the certificate that was given can not be read; served without it');
      return undefined;
    }
  };
  const open = (): { way: CertificateState['way']; tls?: Tls } => {
    if (choice.way === 'files') return { way: 'files', tls: openTls(choice) };
    if (choice.way === 'none') return { way: 'none' };
    const own = given();
    return own ? { way: 'own', tls: { tls: own } } : { way: 'local', tls: openTls({ dataFolder, host, now: now() }) };
  };
  let current = open();

  const state = (): CertificateState => {
    const waiting = current.way === 'none' ? given() : undefined;
    return { way: current.way, served: current.tls ? factsOf(current.tls.tls.cert) : null, waiting: waiting ? factsOf(waiting.cert) : null };
  };
  const change = () => {
    current = open();
    if (current.tls) for (const listener of listeners) listener(current.tls.tls);
    return okay(state());
  };

  return {
    state,
    served: () => current.tls?.tls,
    follow: (listener) => void listeners.push(listener),
    localRoot: () => current.tls?.localCa?.certificate,
    check: (files, reachedAs) => checkCertificate(files, { now: now(), reachedAs }).check,
    async keep(actor, files, reachedAs) {
      if (choice.way === 'files') return refused('CERTIFICATE_ELSEWHERE');
      const { check, pair } = checkCertificate(files, { now: now(), reachedAs });
      if (!pair) return refused('CERTIFICATE_REFUSED', { detail: check.refusals.join(' ') });
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(next, `${pair.key}${pair.cert}`, { mode: 0o600 });
        await record(actor.id, 'security.certificate', check.facts?.fingerprint.slice(0, 23) ?? '');
        renameSync(next, file);
      } catch (error) {
        rmSync(next, { force: true });
        if (isDiskFull(error)) return refused('STORE_FULL');
        throw error;
      }
      return change();
    },
    async drop(actor) {
      if (!existsSync(file) || choice.way === 'files') return refused('NOT_FOUND');
      await record(actor.id, 'security.certificate-drop', 'tls');
      rmSync(file);
      return change();
    },
  };
}
