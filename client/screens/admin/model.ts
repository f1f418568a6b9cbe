import type { Fault } from '#contract/faults.ts';
import type { Role } from '#contract/roles.ts';
import { fold } from '../../../geo/fold.ts';

export const TABS = ['accounts', 'security', 'sessions', 'exports', 'keys', 'screens', 'audit', 'sources'] as const;
export type Tab = (typeof TABS)[number];

/** The parts a person may see: an auditor reads, an administrator does; exports need two people, so operators ask and leaders allow. */
export const tabsOf = (roles: readonly Role[]): Tab[] => {
  if (roles.includes('admin')) return [...TABS];
  return [...(roles.includes('leader') || roles.includes('operator') ? (['exports'] as const) : []), ...(roles.includes('auditor') ? (['audit', 'sources'] as const) : [])];
};

export const ROLES: readonly Role[] = ['leader', 'operator', 'camera-team', 'unit-officer', 'report-editor', 'admin', 'auditor', 'guest'];

export interface Account {
  id: string;
  user: string;
  name: string;
  position: string;
  roles: Role[];
  units: string[] | null;
  disabled: boolean;
}

export interface Key {
  id: string;
  name: string;
  source: string;
  topics: string[] | null;
  createdAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

export interface AuditLine {
  n: number;
  at: number;
  actor: string;
  action: string;
  object: string;
}

/** Starts of actions that belong together. */
export const ACTION_GROUPS = ['account.', 'session.', 'key.', 'wall.', 'alert.', 'camera', 'feedback.', 'scene.', 'procedure.'] as const;

/** Roles and units as they are being chosen. */
export interface Grants {
  roles: Role[];
  isEverywhere: boolean;
  units: { code: string; name: string }[];
}

export interface AccountDraft extends Grants {
  user: string;
  name: string;
  position: string;
}

export interface KeyDraft {
  id: string;
  name: string;
  isEveryTopic: boolean;
  topics: string[];
  provenance: 'real' | 'simulated' | 'manual';
}

/** Names of the fields that are not right yet. */
export type GrantsBad = 'roles' | 'units';
export const badGrants = ({ roles, isEverywhere, units }: Grants): GrantsBad[] => [...(roles.length === 0 ? (['roles'] as const) : []), ...(isEverywhere || units.length > 0 ? [] : (['units'] as const))];

export type AccountBad = 'user' | 'name' | 'position' | GrantsBad;
export function badAccount(draft: AccountDraft): AccountBad[] {
  const isUser = /^[a-z0-9][a-z0-9._@-]{1,99}$/.test(draft.user.trim());
  const empty = (['name', 'position'] as const).filter((field) => draft[field].trim() === '');
  return [...(isUser ? [] : (['user'] as const)), ...empty, ...badGrants(draft)];
}

export type KeyBad = 'id' | 'name' | 'topics';
export function badKey({ id, name, isEveryTopic, topics }: KeyDraft): KeyBad[] {
  return [
    ...(/^[a-z0-9]{1,16}$/.test(id.trim()) ? [] : (['id'] as const)),
    ...(name.trim() === '' ? (['name'] as const) : []),
    ...(isEveryTopic || topics.length > 0 ? [] : (['topics'] as const)),
  ];
}

/** Which field the server means, by the pointer of its fault. */
export const isAbout = (fault: Fault | null, field: string): boolean => fault?.pointer === `/${field}`;

/** A pairing code as it was meant, or null while it can not be one. */
export function pairingCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return /^[A-HJ-NP-Z2-9]{8}$/.test(code) ? code : null;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679';
const GROUPS = 4;
const GROUP = 5;

/** A password to be read aloud and typed once: four groups of five, no letters that look alike. `draw` fills bytes at random. */
export function newPassword(draw: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const letters: string[] = [];
  const limit = 256 - (256 % LETTERS.length);
  while (letters.length < GROUPS * GROUP) {
    for (const byte of draw(new Uint8Array(64))) if (byte < limit) letters.push(LETTERS[byte % LETTERS.length] ?? '');
  }
  return Array.from({ length: GROUPS }, (_, index) => letters.slice(index * GROUP, (index + 1) * GROUP).join('')).join('-');
}

export function findAccounts(accounts: readonly Account[], words: string): Account[] {
  const asked = fold(words);
  return accounts.filter(({ user, name, position }) => fold(`${user} ${name} ${position}`).includes(asked));
}

/** Working keys of a source; a third one ends the oldest. */
export const workingKeys = (keys: readonly Key[], source: string): number => keys.filter((key) => key.source === source && key.revokedAt === null).length;
