import type { SecuritySettings } from '#contract/security.ts';
import defaults from './securityDefaults.json' with { type: 'json' };

/** What holds until an administrator decides otherwise. */
export const SECURITY_DEFAULTS = defaults as SecuritySettings;

const DAY_MS = 86_400_000;

/** When an account ends by itself: a guest's always does. Units: epoch ms, null = never. */
export function accountEnd(roles: readonly string[], wished: number | null | undefined, now: number, { guestDays }: Pick<SecuritySettings, 'guestDays'>): number | null {
  const latest = roles.includes('guest') ? now + guestDays * DAY_MS : null;
  if (wished === null || wished === undefined) return latest;
  return latest === null ? wished : Math.min(wished, latest);
}

/** Whether holders of these roles must use a one-time code. */
export const needsCode = (roles: readonly string[], { codeRoles }: Pick<SecuritySettings, 'codeRoles'>): boolean => roles.some((role) => (codeRoles as readonly string[]).includes(role));
