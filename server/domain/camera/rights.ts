import type { Principal, Role } from '#contract/roles.ts';

const WORKS: readonly Role[] = ['camera-team', 'operator', 'unit-officer', 'leader', 'admin'];
const REGISTERS: readonly Role[] = ['camera-team', 'admin'];
const HANDS_OVER: readonly Role[] = ['camera-team', 'operator', 'admin'];
const AUDITS: readonly Role[] = ['auditor', 'admin'];

const holds = (roles: readonly Role[]) => (actor: Principal): boolean => actor.roles.some((role) => roles.includes(role));

/** May keep pictures, notes and sets of cameras it sees. */
export const mayWorkWithCameras = holds(WORKS);
/** May change the register. */
export const mayRegisterCameras = holds(REGISTERS);
/** May hand a fault to a unit. */
export const mayHandOverFaults = holds(HANDS_OVER);
/** May read who viewed which camera. */
export const mayReadViews = holds(AUDITS);
