import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import forge from 'node-forge';

const DAY_MS = 86_400_000;
const ROOT_DAYS = 3650;
const LEAF_DAYS = 390;
/** A certificate is made anew when it has less than this left. */
const RENEW_DAYS = 30;

interface Pair {
  key: string;
  cert: string;
}

/** What the server shows, and the root that people install once on their devices. */
export interface LocalTls extends Pair {
  root: string;
}

function readPair(folder: string, name: string): Pair | undefined {
  const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  if (!existsSync(keyFile) || !existsSync(certFile)) return undefined;
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
}

function writePair(folder: string, name: string, pair: Pair): Pair {
  for (const [ending, pem] of [['key', pair.key], ['crt', pair.cert]] as const) {
    const file = join(folder, `${name}.${ending}`);
    writeFileSync(`${file}.new`, pem, { mode: 0o600 });
    chmodSync(`${file}.new`, 0o600);
    renameSync(`${file}.new`, file);
  }
  return pair;
}

function daysLeft(cert: string, now: number): number {
  return (new X509Certificate(cert).validToDate.getTime() - now) / DAY_MS;
}

function draft(commonName: string, days: number, now: number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 3072,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(now - DAY_MS);
  certificate.validity.notAfter = new Date(now + days * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: commonName }, { name: 'organizationName', value: 'Toan Canh' }]);
  return { privateKey, certificate };
}

function makeRoot(now: number): Pair {
  const { privateKey, certificate } = draft(`Toan Canh local CA ${randomBytes(3).toString('hex')}`, ROOT_DAYS, now);
  certificate.setIssuer(certificate.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { key: privateKey, cert: forge.pki.certificateToPem(certificate) };
}

function makeLeaf(root: Pair, names: readonly string[], now: number): Pair {
  const { privateKey, certificate } = draft(names[0] ?? 'localhost', LEAF_DAYS, now);
  certificate.setIssuer(forge.pki.certificateFromPem(root.cert).subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })) },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(root.key), forge.md.sha256.create());
  return { key: privateKey, cert: forge.pki.certificateToPem(certificate) };
}

function coversAll(cert: string, names: readonly string[]): boolean {
  const known = new X509Certificate(cert);
  return names.every((name) => (isIP(name) ? known.checkIP(name) : known.checkHost(name)) !== undefined);
}

/** The certificate of this server from its own authority in `folder`: kept while it is right, made anew before it ends or when an address is new. */
export function openLocalAuthority({ folder, names, now }: { folder: string; names: readonly string[]; now: number }): LocalTls {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keptRoot = readPair(folder, 'ca');
  const isRootGood = keptRoot !== undefined && daysLeft(keptRoot.cert, now) > LEAF_DAYS;
  const root = isRootGood ? keptRoot : writePair(folder, 'ca', makeRoot(now));
  const keptLeaf = isRootGood ? readPair(folder, 'server') : undefined;
  const isLeafGood = keptLeaf !== undefined && daysLeft(keptLeaf.cert, now) > RENEW_DAYS && coversAll(keptLeaf.cert, names);
  const leaf = isLeafGood ? keptLeaf : writePair(folder, 'server', makeLeaf(root, names, now));
  return { key: leaf.key, cert: `${leaf.cert}${root.cert}`, root: root.cert };
}
