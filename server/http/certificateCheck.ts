import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { CertificateCheck, CertificateFacts, CertificateFiles, CertificateRefusal, CertificateWarning } from '#contract/certificate.ts';
import { isLoopbackHost } from './peer.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
const CERTIFICATES = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )*PRIVATE KEY-----/;
const LOCKED = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/;
const NAME = /(?:DNS|IP Address):([^,\s]+)/g;
/** Uses a certificate may be limited to: proving a server, or any. */
const SERVER_USES = new Set(['1.3.6.1.5.5.7.3.1', '2.5.29.37.0']);
const LEAST_BITS = { rsa: 2048, 'rsa-pss': 2048 } as const;

/** Certificate with its chain, leaf first, and its key: what a TLS server is given. */
export interface Pair {
  key: string;
  cert: string;
}

export interface CheckedFiles {
  check: CertificateCheck;
  /** Set when nothing refuses the files. */
  pair?: Pair;
}

/** Certificates of a text in their order. Fails: throws for a block that is none. */
const certificatesOf = (text: string): X509Certificate[] => (text.match(CERTIFICATES) ?? []).map((block) => new X509Certificate(block));

export const factsOf = (cert: string): CertificateFacts => {
  const chain = certificatesOf(cert);
  return describe(chain[0]!, chain.length);
};

function describe(leaf: X509Certificate, chain: number): CertificateFacts {
  return {
    names: [...(leaf.subjectAltName ?? '').matchAll(NAME)].map(([, name]) => name!),
    issuer: /^(?:O|CN)=(.+)$/m.exec(leaf.issuer)?.[1] ?? leaf.issuer.replaceAll('\n', ', '),
    from: leaf.validFromDate.getTime(),
    until: leaf.validToDate.getTime(),
    fingerprint: leaf.fingerprint256,
    chain,
  };
}

function readCertificates(text: string): X509Certificate[] | CertificateRefusal {
  try {
    const found = certificatesOf(text);
    if (found.length > 0) return found;
  } catch {
    return 'certificate-unreadable';
  }
  return KEY.test(text) ? 'certificate-is-key' : 'certificate-unreadable';
}

function readKey({ key, passphrase }: CertificateFiles): KeyObject | CertificateRefusal {
  const block = KEY.exec(key)?.[0];
  if (block === undefined) return key.includes('BEGIN CERTIFICATE') ? 'key-is-certificate' : 'key-unreadable';
  const isLocked = LOCKED.test(block);
  if (isLocked && passphrase === undefined) return 'key-locked';
  try {
    return createPrivateKey({ key: block, ...(isLocked ? { passphrase } : {}) });
  } catch {
    return isLocked ? 'key-passphrase' : 'key-unreadable';
  }
}

const isSelfSigned = (certificate: X509Certificate) => certificate.checkIssued(certificate);

/** The leaf and whatever issued it, as far as it was given. */
function chainFrom(leaf: X509Certificate, given: readonly X509Certificate[]): X509Certificate[] {
  const chain = [leaf];
  for (let last = leaf; !isSelfSigned(last); ) {
    const issuer = given.find((one) => !chain.includes(one) && last.checkIssued(one) && last.verify(one.publicKey));
    if (!issuer) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

/** Whether browsers find an issuer they know, as far as this machine's list of public roots tells. */
function warningOfChain(last: X509Certificate): CertificateWarning | undefined {
  const isPublic = rootCertificates.some((pem) => {
    const root = new X509Certificate(pem);
    return root.fingerprint256 === last.fingerprint256 || last.checkIssued(root);
  });
  if (isPublic) return undefined;
  return isSelfSigned(last) ? 'own-root' : 'chain-open';
}

const coversName = (leaf: X509Certificate, name: string): boolean => (isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name)) !== undefined;

function isWeak({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, pair: Pair): boolean {
  const least = LEAST_BITS[asymmetricKeyType as keyof typeof LEAST_BITS];
  if (least !== undefined && (asymmetricKeyDetails?.modulusLength ?? 0) < least) return true;
  try {
    createSecureContext(pair);
    return false;
  } catch {
    return true;
  }
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Judges a certificate with its key as a server would use them: readable, of each other, in their time, with names, strong enough; then what to know of chain and names. */
export function checkCertificate(files: CertificateFiles, { now, reachedAs }: { now: number; reachedAs: string }): CheckedFiles {
  const given = readCertificates(files.certificate);
  const key = readKey(files);
  const unread = [given, key].filter((found) => typeof found === 'string');
  const first = typeof given === 'string' ? null : given[0]!;
  if (typeof given === 'string' || typeof key === 'string') return { check: { facts: first && describe(first, 1), refusals: unread, warnings: [] } };
  const leaf = given.find((one) => one.checkPrivateKey(key));
  if (!leaf) return { check: { facts: describe(first!, 1), refusals: ['key-other'], warnings: [] } };

  const chain = chainFrom(leaf, given);
  const pair = { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: chain.map(String).join('') };
  const facts = describe(leaf, chain.length);
  const judged: [CertificateRefusal, boolean][] = [
    ['expired', facts.until <= now],
    ['not-yet', facts.from > now],
    ['no-names', facts.names.length === 0],
    ['not-for-servers', leaf.keyUsage !== undefined && !leaf.keyUsage.some((use) => SERVER_USES.has(use))],
    ['weak', isWeak(key, pair)],
  ];
  const refusals = judged.filter(([, isSo]) => isSo).map(([refusal]) => refusal);
  const open = warningOfChain(chain.at(-1)!);
  const noted: [CertificateWarning | undefined, boolean][] = [
    ['ends-soon', facts.until > now && facts.until - now < SOON_DAYS * DAY_MS],
    ['name-missing', facts.names.length > 0 && !isLoopbackHost(reachedAs) && !coversName(leaf, bare(reachedAs))],
    [open, open !== undefined],
    ['left-over', chain.length < given.length],
  ];
  const warnings = noted.flatMap(([warning, isSo]) => (isSo && warning !== undefined ? [warning] : []));
  return { check: { facts, refusals, warnings }, ...(refusals.length === 0 ? { pair } : {}) };
}
