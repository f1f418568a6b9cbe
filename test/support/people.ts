import type { Role } from '#contract/roles.ts';
import { call, signIn } from './door.ts';

export const OFFICER_PASSWORD = 'Song-Han-Xanh-Mat-88';

/** Makes an account with one role and signs it in; `unit` null: the whole city. */
export async function makePerson(url: string, adminCookie: string, user: string, role: Role, unit: string | null = null): Promise<{ id: string; cookie: string }> {
  const { id } = await call<{ id: string }>(url, adminCookie, '/api/v1/users', { user, name: `Cán bộ ${unit ?? role}`, position: 'Chuyên viên', roles: [role], units: unit === null ? null : [unit], password: OFFICER_PASSWORD });
  return { id, cookie: await signIn(url, user, OFFICER_PASSWORD) };
}

/** Makes an account of one unit and signs it in. */
export const makeOfficer = (url: string, adminCookie: string, user: string, unit: string): Promise<{ id: string; cookie: string }> => makePerson(url, adminCookie, user, 'unit-officer', unit);
