const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long sessions last. Units: ms of real time. */
export const SESSION_LIMITS = {
  idleMs: 30 * MINUTE_MS,
  absoluteMs: 12 * HOUR_MS,
  /** A paired wall has nobody to sign in again: it is ended by revoking it. */
  wallDeviceMs: 365 * 24 * HOUR_MS,
  firstPasswordMs: 24 * HOUR_MS,
  /** A password that an administrator hands over waits for its owner so long. */
  givenPasswordMs: 7 * 24 * HOUR_MS,
  /** What guards an account itself is changed so soon after signing in. */
  freshMs: 15 * MINUTE_MS,
  linkMs: 15 * MINUTE_MS,
  linkUses: 5,
  pairingMs: 10 * MINUTE_MS,
} as const;

/** What decides whether a session still counts. */
export interface SessionTimes {
  kind: 'person' | 'link' | 'wall-device';
  lastSeenAt: number;
  expiresAt: number;
  endedAt: number | null;
}

/** True until the session is ended, reaches its absolute end, or (people only) lies idle too long. */
export function isSessionAlive(session: SessionTimes, now: number, idleMs: number = SESSION_LIMITS.idleMs): boolean {
  if (session.endedAt !== null || now >= session.expiresAt) return false;
  return session.kind === 'wall-device' || now - session.lastSeenAt < idleMs;
}
