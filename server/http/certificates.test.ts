import { createPrivateKey } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CertificateCheck } from '#contract/certificate.ts';
import { createSilentLog } from '../kernel/log.ts';
import type { TlsChoice } from '../kernel/config.ts';
import { createCertificates } from './certificates.ts';
import { checkCertificate } from './certificateCheck.ts';
import { createTestApp } from './testing/app.ts';
import { makeCertificate, type Made } from './testing/certificateMaker.ts';
import { asPerson } from './testing/people.ts';

const NOW = Date.now();
const AT = '/api/v1/security/certificate';
const NAME = 'toancanh.danang.gov.vn';
const base = mkdtempSync(join(tmpdir(), 'certificates-'));
const made = {} as Record<'root' | 'between' | 'leaf' | 'other', Made>;

beforeAll(() => {
  made.root = makeCertificate({ name: 'Goc thu', isAuthority: true, now: NOW, until: 3000 });
  made.between = makeCertificate({ name: 'Cap hai thu', isAuthority: true, issuer: made.root, now: NOW, until: 1000 });
  made.leaf = makeCertificate({ name: NAME, names: [NAME], issuer: made.between, now: NOW, use: 'serverAuth' });
  made.other = makeCertificate({ name: 'other', names: ['other.example'], now: NOW });
});
afterAll(() => rmSync(base, { recursive: true }));

const judge = (certificate: string, key: string, more: { passphrase?: string; reachedAs?: string } = {}): CertificateCheck =>
  checkCertificate({ certificate, key, ...(more.passphrase === undefined ? {} : { passphrase: more.passphrase }) }, { now: NOW, reachedAs: more.reachedAs ?? NAME }).check;

describe('files are judged as a server would use them', () => {
  test('certificates in any order become a chain, leaf first, and an own root is said', () => {
    const { check, pair } = checkCertificate({ certificate: made.root.cert + made.leaf.cert + made.between.cert, key: made.leaf.key }, { now: NOW, reachedAs: NAME });
    expect(check).toMatchObject({ facts: { names: [NAME], chain: 3 }, refusals: [], warnings: ['own-root'] });
    expect(pair?.cert).toBe(made.leaf.cert.replaceAll('\r', '') + made.between.cert.replaceAll('\r', '') + made.root.cert.replaceAll('\r', ''));
  });

  test('what is missing or too much in the chain, another name, an end soon: said, not refused', () => {
    expect(judge(made.leaf.cert, made.leaf.key)).toMatchObject({ refusals: [], warnings: ['chain-open'] });
    expect(judge(made.leaf.cert + made.between.cert + made.root.cert + made.other.cert, made.leaf.key).warnings).toEqual(['own-root', 'left-over']);
    expect(judge(made.leaf.cert, made.leaf.key, { reachedAs: '10.0.0.5' }).warnings).toContain('name-missing');
    expect(judge(made.leaf.cert, made.leaf.key, { reachedAs: '127.0.0.1' }).warnings).not.toContain('name-missing');
    const short = makeCertificate({ name: NAME, names: [NAME], now: NOW, until: 10 });
    expect(judge(short.cert, short.key)).toMatchObject({ refusals: [], warnings: ['ends-soon', 'own-root'] });
  });

  test('a locked key needs its own passphrase', () => {
    const locked = createPrivateKey(made.leaf.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'mat-khau' }).toString();
    expect(judge(made.leaf.cert, locked).refusals).toEqual(['key-locked']);
    expect(judge(made.leaf.cert, locked, { passphrase: 'sai' }).refusals).toEqual(['key-passphrase']);
    expect(judge(made.leaf.cert, locked, { passphrase: 'mat-khau' }).refusals).toEqual([]);
  });

  test('each wrong file has its own name', () => {
    const wrong: [string, () => CertificateCheck][] = [
      ['certificate-unreadable', () => judge('0\u0082\u0003 không phải PEM', made.leaf.key)],
      ['certificate-unreadable', () => judge('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', made.leaf.key)],
      ['certificate-is-key', () => judge(made.leaf.key, made.leaf.key)],
      ['key-is-certificate', () => judge(made.leaf.cert, made.leaf.cert)],
      ['key-unreadable', () => judge(made.leaf.cert, 'x')],
      ['key-unreadable', () => judge(made.leaf.cert, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')],
      ['key-other', () => judge(made.leaf.cert, made.other.key)],
      ['expired', () => { const { cert, key } = makeCertificate({ name: NAME, names: [NAME], now: NOW, from: -20, until: -1 }); return judge(cert, key); }],
      ['not-yet', () => { const { cert, key } = makeCertificate({ name: NAME, names: [NAME], now: NOW, from: 5 }); return judge(cert, key); }],
      ['no-names', () => { const { cert, key } = makeCertificate({ name: NAME, now: NOW }); return judge(cert, key); }],
      ['not-for-servers', () => { const { cert, key } = makeCertificate({ name: NAME, names: [NAME], now: NOW, use: 'clientAuth' }); return judge(cert, key); }],
      ['weak', () => { const { cert, key } = makeCertificate({ name: NAME, names: [NAME], now: NOW, bits: 1024 }); return judge(cert, key); }],
    ];
    for (const [refusal, ask] of wrong) expect(ask().refusals, refusal).toEqual([refusal]);
    expect(judge('x', 'y').refusals).toEqual(['certificate-unreadable', 'key-unreadable']);
  });
});

const authority = join(base, 'authority');
/** A data folder with an authority of its own; keys of 3072 bits are made once for all of them. */
function newFolder(): string {
  const folder = mkdtempSync(join(base, 'one-'));
  if (existsSync(authority)) cpSync(authority, join(folder, 'tls'), { recursive: true });
  return folder;
}

/** A server as it runs, with what it wrote down. */
async function startServer(choice: TlsChoice, folder = newFolder(), record = async () => undefined as void) {
  const lines: string[][] = [];
  const certificates = createCertificates({ choice, host: '127.0.0.1', dataFolder: folder, now: () => NOW, log: createSilentLog(), record: async (...line) => { await record(); lines.push(line); } });
  if (choice.way === 'auto' && !existsSync(authority)) cpSync(join(folder, 'tls'), authority, { recursive: true });
  const http = await createTestApp((deps) => ({ ...deps, certificates, config: { ...deps.config, tls: certificates.served() } }));
  certificates.follow(http.useCertificate);
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, person = 'admin') => http.app.inject({ method, url, headers: asPerson(person), ...(payload ? { payload } : {}) });
  return { folder, certificates, http, lines, send };
}
const shownAt = (port: number): Promise<PeerCertificate> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.on('error', reject);
  });

test('given files are served to new connections at once, survive a start, and go back to the own authority', async () => {
  const one = await startServer({ way: 'auto' });
  const { port } = new URL(await one.http.app.listen({ port: 0, host: '127.0.0.1' }));
  expect((await one.send('GET', AT)).json()).toMatchObject({ way: 'local', waiting: null });
  const before = await shownAt(Number(port));

  const files = { certificate: made.leaf.cert + made.between.cert, key: made.leaf.key };
  expect((await one.send('POST', `${AT}/check`, files)).json()).toMatchObject({ refusals: [], facts: { names: [NAME] } });
  const kept = await one.send('PUT', AT, files);
  expect([kept.statusCode, kept.json()]).toMatchObject([200, { way: 'own', served: { names: [NAME], chain: 2 } }]);
  expect((await shownAt(Number(port))).fingerprint256).not.toBe(before.fingerprint256);
  const viaChain = await new Promise<number | undefined>((resolve, reject) => void request({ host: '127.0.0.1', port, path: '/healthz', ca: made.root.cert, servername: NAME }, (answer) => { answer.resume(); resolve(answer.statusCode); }).on('error', reject).end());
  expect(viaChain).toBe(200);
  expect(statSync(join(one.folder, 'tls', 'own.pem')).mode & 0o777).toBe(0o600);
  expect(one.lines).toEqual([['us-admin', 'security.certificate', expect.stringMatching(/^[0-9A-F:]{23}$/)]]);
  for (const answer of [kept, await one.send('GET', AT), await one.send('POST', `${AT}/check`, files)]) expect(answer.body).not.toMatch(/PRIVATE KEY|BEGIN/);
  expect((await one.send('GET', '/system/ca.crt')).statusCode).toBe(404);

  const again = await startServer({ way: 'auto' }, one.folder);
  expect(again.certificates.state()).toMatchObject({ way: 'own', served: { names: [NAME] } });
  await again.http.close();

  expect((await one.send('DELETE', AT)).json()).toMatchObject({ way: 'local' });
  expect((await shownAt(Number(port))).fingerprint256).toBe(before.fingerprint256);
  expect((await one.send('DELETE', AT)).statusCode).toBe(404);
  await one.http.close();
});

test('without TLS the files wait for a start with it; named at the start they are changed there', async () => {
  const plain = await startServer({ way: 'none' });
  expect((await plain.send('PUT', AT, { certificate: made.leaf.cert, key: made.leaf.key })).json()).toMatchObject({ way: 'none', served: null, waiting: { names: [NAME] } });
  const later = await startServer({ way: 'auto' }, plain.folder);
  expect(later.certificates.state().way).toBe('own');
  const [certFile, keyFile] = [join(plain.folder, 'c.pem'), join(plain.folder, 'k.pem')];
  writeFileSync(certFile, made.other.cert);
  writeFileSync(keyFile, made.other.key);
  const named = await startServer({ way: 'files', certFile, keyFile });
  expect((await named.send('PUT', AT, { certificate: made.leaf.cert, key: made.leaf.key })).json()).toMatchObject({ fault: { code: 'CERTIFICATE_ELSEWHERE' } });
  for (const one of [plain, later, named]) await one.http.close();
});

test('wrong files are refused by the door and change nothing; others than administrators are turned away', async () => {
  const one = await startServer({ way: 'auto' });
  expect((await one.send('PUT', AT, { certificate: made.leaf.cert, key: made.other.key })).json()).toMatchObject({ fault: { code: 'CERTIFICATE_REFUSED', detail: 'key-other' } });
  expect((await one.send('PUT', AT, { certificate: made.leaf.cert })).json()).toMatchObject({ fault: { code: 'REQUEST_BODY' } });
  for (const person of ['operator', 'auditor', 'leader', 'unit-officer']) {
    for (const [method, url, payload] of [['GET', AT], ['POST', `${AT}/check`, { certificate: 'x', key: 'y' }], ['PUT', AT, { certificate: 'x', key: 'y' }], ['DELETE', AT]] as const) expect((await one.send(method, url, payload, person)).statusCode, `${person} ${method}`).toBe(403);
  }
  expect([one.certificates.state().way, one.lines]).toEqual(['local', []]);
  await one.http.close();
});

test('a store that can not write the line, and a file that was spoilt: what was served goes on', async () => {
  const one = await startServer({ way: 'auto' }, undefined, async () => { throw new Error('the store is away'); });
  const before = one.certificates.served();
  const answer = await one.send('PUT', AT, { certificate: made.leaf.cert, key: made.leaf.key });
  expect([answer.statusCode >= 500, answer.body.includes('PRIVATE'), one.certificates.served()]).toEqual([true, false, before]);
  expect(readdirSync(join(one.folder, 'tls')).filter((name) => name.startsWith('own'))).toEqual([]);
  writeFileSync(join(one.folder, 'tls', 'own.pem'), made.other.key + made.leaf.cert);
  const again = await startServer({ way: 'auto' }, one.folder);
  expect(again.certificates.state().way).toBe('local');
  expect(readFileSync(join(one.folder, 'tls', 'server.crt'), 'utf8')).not.toBe('');
  expect(readdirSync(join(one.folder, 'tls'))).toContain('ca.crt');
  for (const server of [one, again]) await server.http.close();
});
