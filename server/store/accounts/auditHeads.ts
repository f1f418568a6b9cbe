import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Check } from 'typebox/value';
import { SignedHead } from '#contract/security.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Queryable } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';

const SIGN_MS = 5 * 60_000;

/** Heads of the audit chain, signed and kept outside the store: whoever rewrites the whole chain is found by them. */
export interface AuditHeads extends Closable {
  sign(): Promise<SignedHead | undefined>;
  newest(): SignedHead | undefined;
  close(): void;
}

const wordsOf = ({ n, hash, at }: Pick<SignedHead, 'n' | 'hash' | 'at'>) => Buffer.from(JSON.stringify([n, hash, at]));

function openKey(folder: string): KeyObject {
  const file = join(folder, 'signing.key');
  if (existsSync(file)) return createPrivateKey(readFileSync(file, 'utf8'));
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  chmodSync(file, 0o600);
  writeFileSync(join(folder, 'signing.pub'), createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
  return privateKey;
}

/** Every head that was signed, oldest first, with whether its signature holds. Lines that are no heads count as broken. */
export function readHeads(dataFolder: string): { head: SignedHead | undefined; isGenuine: boolean }[] {
  const folder = join(dataFolder, 'audit');
  if (!existsSync(join(folder, 'heads.jsonl')) || !existsSync(join(folder, 'signing.pub'))) return [];
  const key = createPublicKey(readFileSync(join(folder, 'signing.pub'), 'utf8'));
  const lines = readFileSync(join(folder, 'heads.jsonl'), 'utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const head = parsed(line);
    return { head, isGenuine: head !== undefined && verify(null, wordsOf(head), key, Buffer.from(head.signature, 'base64')) };
  });
}

function parsed(line: string): SignedHead | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Check(SignedHead, value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Signs the head at start and every five minutes, when it moved. */
export function createAuditHeads({ db, dataFolder, now, log }: { db: Queryable; dataFolder: string; now(): number; log: Log }): AuditHeads {
  const folder = join(dataFolder, 'audit');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = openKey(folder);
  let newest = readHeads(dataFolder).at(-1)?.head;

  const signNow = async (): Promise<SignedHead | undefined> => {
    const [head] = await db.query<{ n: number; hash: string }>('select n, hash from audit_head');
    if (!head || head.hash === newest?.hash) return newest;
    const unsigned = { n: head.n, hash: head.hash, at: now() };
    newest = { ...unsigned, signature: sign(null, wordsOf(unsigned), key).toString('base64') };
    appendFileSync(join(folder, 'heads.jsonl'), `${JSON.stringify(newest)}\n`, { mode: 0o600 });
    return newest;
  };
  const timer = setInterval(() => {
    signNow().catch((error: unknown) => {
      const said = error instanceof StoreUnavailable ? 'the head of the audit log waits for the store' : 'the head of the audit log could not be signed';
      log.warn({ error: String(error) }, said);
    });
  }, SIGN_MS);
  timer.unref();
  return { sign: signNow, newest: () => newest, close: () => clearInterval(timer) };
}
