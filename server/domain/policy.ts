import type { Policy, Principal, Role } from '#contract/roles.ts';

const ROLES_BY_POLICY: Record<Exclude<Policy, 'public' | 'wall' | 'ingest'>, readonly Role[]> = {
  staff: ['leader', 'operator', 'camera-team', 'unit-officer', 'report-editor', 'admin', 'auditor', 'guest'],
  operate: ['operator', 'admin'],
  'unit-work': ['unit-officer', 'operator', 'admin'],
  'camera-register': ['camera-team', 'admin'],
  lead: ['leader', 'admin'],
  administer: ['admin'],
  audit: ['auditor', 'admin'],
};

/** Whether a party passes a policy. An account that must change its password or set up a one-time code passes nothing but `public`. */
export function passes(policy: Policy, principal: Principal | undefined): boolean {
  if (policy === 'public') return true;
  if (!principal || principal.mustChangePassword || principal.mustEnrolCode) return false;
  if (principal.kind === 'system') return true;
  if (policy === 'ingest') return principal.kind === 'ingest-key';
  if (principal.kind === 'wall-device') return policy === 'wall';
  if (principal.kind !== 'person') return false;
  if (policy === 'wall') return true;
  return principal.roles.some((role) => ROLES_BY_POLICY[policy].includes(role));
}
