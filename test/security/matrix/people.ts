import type { Role } from '#contract/roles.ts';
import { call, signIn } from '../../support/door.ts';
import { UNIT } from './units.ts';

/** Everyone who asks: each role inside one ward, a key of the door, and nobody. */
export type Who = Role | 'ingest-key' | 'nobody';
export const ROLES: readonly Role[] = ['leader', 'operator', 'camera-team', 'unit-officer', 'report-editor', 'admin', 'auditor', 'guest'];
export const EVERYONE: readonly Who[] = [...ROLES, 'ingest-key', 'nobody'];

const PASSWORD = 'Ngu-Hanh-Son-Nam-Ngon';

/** Headers that make a request of one of them. */
export type Papers = Readonly<Record<string, string>>;

/** Makes an account of every role in the ward, and one in each other unit whose name is a word of that unit. */
export async function makePeople(url: string, admin: string, key: string): Promise<Map<Who, Papers>> {
  const papers = new Map<Who, Papers>([['nobody', {}], ['ingest-key', { authorization: `Bearer ${key}` }]]);
  for (const role of ROLES) {
    const user = `ma-tran-${role}`;
    await call(url, admin, '/api/v1/users', { user, name: `Người thử ${role}`, position: 'Thử quyền', roles: [role], units: [UNIT.own], password: PASSWORD });
    papers.set(role, { cookie: await signIn(url, user, PASSWORD) });
  }
  return papers;
}
