import type { Fault } from '#contract/faults.ts';
import type { Role } from '#contract/roles.ts';
import type { SignInService } from '#contract/security.ts';
import { fold } from '../../../geo/fold.ts';

export const TABS = ['accounts', 'security', 'certificate', 'service', 'sessions', 'exports', 'keys', 'screens', 'audit', 'sources', 'connectors', 'channels'] as const;
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
  hasCode: boolean;
  /** Signs in through the sign-in service: no password of ours. */
  isOutside: boolean;
  expiresAt: number | null;
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
export const ACTION_GROUPS = ['refusals', 'account.', 'session.', 'key.', 'wall.', 'alert.', 'camera', 'feedback.', 'handling-request.', 'case.', 'scene.', 'procedure.', 'security.'] as const;

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
  /** Last day of a guest, as a date field gives it; empty = as the rules say. */
  endsOn: string;
}

/** A sign-in service as it is being typed. */
export interface ServiceDraft {
  isOn: boolean;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  groupsClaim: string;
  groups: (Grants & { group: string })[];
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

const VIETNAM = '+07:00';
/** The end of a day in Vietnam, or null when none is named. Units: epoch ms. */
export const endOfDay = (day: string): number | null => (/^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T23:59:59${VIETNAM}`) : null);

export type AccountBad = 'user' | 'name' | 'position' | 'endsOn' | GrantsBad;
export function badAccount(draft: AccountDraft, now: number): AccountBad[] {
  const isUser = /^[a-z0-9][a-z0-9._@-]{1,99}$/.test(draft.user.trim());
  const empty = (['name', 'position'] as const).filter((field) => draft[field].trim() === '');
  const isPast = draft.roles.includes('guest') && draft.endsOn !== '' && (endOfDay(draft.endsOn) ?? 0) < now;
  return [...(isUser ? [] : (['user'] as const)), ...empty, ...badGrants(draft), ...(isPast ? (['endsOn'] as const) : [])];
}

export type ServiceBad = 'service-name' | 'issuer' | 'client' | 'claim' | 'groups';
export function badService({ name, issuer, clientId, groupsClaim, groups }: ServiceDraft): ServiceBad[] {
  const checks: [ServiceBad, boolean][] = [
    ['service-name', name.trim() !== ''],
    ['issuer', /^https?:\/\/\S{1,300}$/.test(issuer.trim())],
    ['client', clientId.trim() !== ''],
    ['claim', /^[A-Za-z0-9_:./-]{1,100}$/.test(groupsClaim.trim())],
    ['groups', groups.every((one) => one.group.trim() !== '' && badGrants(one).length === 0)],
  ];
  return checks.filter(([, isRight]) => !isRight).map(([field]) => field);
}

/** What is sent: an empty secret keeps the one in use. */
export const serviceOf = ({ groups, clientSecret, ...draft }: ServiceDraft): SignInService => ({
  isOn: draft.isOn, name: draft.name.trim(), issuer: draft.issuer.trim(), clientId: draft.clientId.trim(), groupsClaim: draft.groupsClaim.trim(),
  ...(clientSecret === '' ? {} : { clientSecret }),
  grants: groups.map(({ group, roles, isEverywhere, units }) => ({ group: group.trim(), roles: [...roles], units: isEverywhere ? null : units.map(({ code }) => code) })),
});

/** The form of what is kept; an empty one when nothing is. */
export const serviceDraft = (kept: SignInService | null, unitName: (code: string) => string): ServiceDraft => ({
  isOn: kept?.isOn ?? true, name: kept?.name ?? '', issuer: kept?.issuer ?? '', clientId: kept?.clientId ?? '', clientSecret: '', groupsClaim: kept?.groupsClaim ?? 'groups',
  groups: (kept?.grants ?? []).map(({ group, roles, units }) => ({ group, roles: [...roles], isEverywhere: units === null, units: (units ?? []).map((code) => ({ code, name: unitName(code) })) })),
});

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
