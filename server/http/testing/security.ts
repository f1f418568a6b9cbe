import { okay, refused } from '#contract/faults.ts';
import { SECURITY_DEFAULTS } from '../../domain/account/securitySettings.ts';
import type { PurgeReceipt } from '#contract/security.ts';
import type { SecurityPort } from '../../domain/ports/security.ts';

const RECEIPT: PurgeReceipt = { id: 'pg-1', at: 2, what: 'sessions', before: 1, rows: 3, hash: 'ab'.repeat(32), by: 'us-1', byName: 'Quản trị', reason: 'Hết hạn' };

/** Security without a store: nothing is asked, nothing was read, one purge was made. */
export const fakeSecurity: SecurityPort = {
  settings: async () => SECURITY_DEFAULTS,
  change: async () => undefined,
  service: async () => undefined,
  serviceWithSecret: async () => undefined,
  changeService: async () => undefined,
  enter: async () => refused('AUTH_SERVICE'),
  sessions: async () => [],
  endSession: async () => refused('NOT_FOUND'),
  enrolCode: async () => okay({ secret: 'AAAA', uri: 'otpauth://totp/x?secret=AAAA' }),
  confirmCode: async () => refused('AUTH_REFUSED'),
  resetCode: async () => refused('NOT_FOUND'),
  exports: async () => [],
  askExport: async () => refused('STATE_REASON'),
  allowExport: async () => refused('NOT_FOUND'),
  takeExport: async () => refused('NOT_FOUND'),
  readings: async () => [],
  purgePreview: async () => ({ items: [{ what: 'sessions', before: 1, rows: 3 }] }),
  purge: async (_actor, reason) => [{ ...RECEIPT, reason }],
  receipts: async () => [RECEIPT],
  receipt: async (id) => (id === RECEIPT.id ? RECEIPT : undefined),
  signHead: async () => undefined,
  state: async () => ({ isTls: false, isLoopback: true, withoutCode: 0, openSessions: 0, walls: 0, guests: 0, keys: 0, signedHead: null, clockOffsetMs: null, syslog: 'off', rowSecurity: false }),
};
