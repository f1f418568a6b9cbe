import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

/** A certificate with its key, both PEM. */
export interface Identity {
  certificate: string;
  privateKey: string;
}

const DAY_MS = 86_400_000;

function make(name: string, { until, issuer, isAuthority = false }: { until: number; issuer?: Identity; isAuthority?: boolean }): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `00${randomBytes(8).toString('hex')}`;
  certificate.validity.notBefore = new Date(until - 60 * DAY_MS);
  certificate.validity.notAfter = new Date(until);
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(issuer ? forge.pki.certificateFromPem(issuer.certificate).subject.attributes : subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: isAuthority },
    ...(isAuthority ? [{ name: 'keyUsage', keyCertSign: true, cRLSign: true }] : [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }, { type: 2, value: 'localhost' }] }]),
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(issuer?.privateKey ?? privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), privateKey };
}

/** An authority of a vendor with everything it signed, as of `now`. */
export function makeCertificates(now: number) {
  const [until, past] = [now + 30 * DAY_MS, now - DAY_MS];
  const authority = make('Vendor CA', { until, isAuthority: true });
  return {
    authority,
    server: make('127.0.0.1', { until, issuer: authority }),
    expiredServer: make('127.0.0.1', { issuer: authority, until: past }),
    client: make('ioc', { until, issuer: authority }),
    expiredClient: make('ioc', { issuer: authority, until: past }),
  };
}
