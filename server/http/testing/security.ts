import { okay, refused } from '#contract/faults.ts';
import { SECURITY_DEFAULTS } from '../../domain/account/securitySettings.ts';
import type { SecurityPort } from '../../domain/ports/security.ts';

/** Security without a store: nothing is asked, nothing was read. */
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
  purge: async () => [],
  receipts: async () => [],
  signHead: async () => undefined,
  state: async () => ({ isTls: false, isLoopback: true, withoutCode: 0, openSessions: 0, walls: 0, guests: 0, keys: 0, signedHead: null, clockOffsetMs: null, syslog: 'off', rowSecurity: false }),
};
