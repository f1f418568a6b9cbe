import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

const DAY_MS = 86_400_000;

export interface Made {
  key: string;
  cert: string;
}

interface Wish {
  name: string;
  names?: readonly string[];
  /** Who signs; itself when absent. */
  issuer?: Made;
  isAuthority?: boolean;
  /** Days before and after now between which it is good. */
  from?: number;
  until?: number;
  bits?: number;
  /** What it may be used for; unlimited when absent. */
  use?: 'serverAuth' | 'clientAuth';
  now: number;
}

/** A certificate with its key, as an authority or a careless hand would make it. */
export function makeCertificate({ name, names = [], issuer, isAuthority = false, from = -1, until = 300, bits = 2048, use, now }: Wish): Made {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${randomBytes(8).toString('hex')}`;
  certificate.validity.notBefore = new Date(now + from * DAY_MS);
  certificate.validity.notAfter = new Date(now + until * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: name }]);
  certificate.setIssuer(issuer ? forge.pki.certificateFromPem(issuer.cert).subject.attributes : certificate.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: isAuthority, critical: true },
    ...(names.length > 0 ? [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) }] : []),
    ...(use ? [{ name: 'extKeyUsage', [use]: true }] : []),
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(issuer?.key ?? privateKey), forge.md.sha256.create());
  return { key: privateKey, cert: forge.pki.certificateToPem(certificate) };
}
