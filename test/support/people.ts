import { call, signIn } from './door.ts';

export const OFFICER_PASSWORD = 'Song-Han-Xanh-Mat-88';

/** Makes an account of one unit and signs it in. */
export async function makeOfficer(url: string, adminCookie: string, user: string, unit: string): Promise<{ id: string; cookie: string }> {
  const { id } = await call<{ id: string }>(url, adminCookie, '/api/v1/users', { user, name: `Cán bộ ${unit}`, position: 'Chuyên viên', roles: ['unit-officer'], units: [unit], password: OFFICER_PASSWORD });
  return { id, cookie: await signIn(url, user, OFFICER_PASSWORD) };
}
