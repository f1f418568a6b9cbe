import { Secret, TOTP } from 'otpauth';

const PERIOD_MS = 30_000;
const SECRET_BYTES = 20;

/** A key for one-time codes and the address an authenticator app reads. */
export interface CodeKey {
  secret: string;
  uri: string;
}

const totpOf = (user: string, secret: Secret) => new TOTP({ issuer: 'Toàn Cảnh', label: user, secret, period: PERIOD_MS / 1000 });

export function newCodeKey(user: string, secretBytes: (size: number) => Uint8Array): CodeKey {
  const secret = new Secret({ buffer: new Uint8Array(secretBytes(SECRET_BYTES)).buffer });
  return { secret: secret.base32, uri: totpOf(user, secret).toString() };
}

/** The time step of a good code, one step early or late allowed; undefined for a bad one. A step is used at most once. */
export function stepOfCode(secret: string, code: string, at: number): number | undefined {
  const delta = totpOf('', Secret.fromBase32(secret)).validate({ token: code.replaceAll(' ', ''), timestamp: at, window: 1 });
  return delta === null ? undefined : Math.floor(at / PERIOD_MS) + delta;
}
