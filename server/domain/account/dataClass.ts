import type { Principal } from '#contract/roles.ts';
import type { DataClass } from '#contract/security.ts';
import type { JoinableTopic } from '#contract/topics.ts';

const ORDER: readonly DataClass[] = ['open', 'internal', 'personal'];

/** Topics that say nothing of a person or of the inside of the house; every other topic is internal. */
const OPEN_TOPICS: ReadonlySet<JoinableTopic> = new Set<JoinableTopic>(['indicator', 'dossier', 'sensor', 'traffic', 'red-status', 'outreach']);

/** Fields that say something of a person, by topic, with what stands there for those who may not read them. */
const PERSONAL: Partial<Record<JoinableTopic, Readonly<Record<string, unknown>>>> = {
  feedback: { address: null, media: [] },
  alert: { 'owner.name': '', 'shelveAsk.name': '' },
  'handling-request': { issuedBy: null, acceptedBy: null, verifiedBy: null },
  case: { 'responsible.name': '' },
};

const reaches = (held: DataClass, wanted: DataClass): boolean => ORDER.indexOf(held) >= ORDER.indexOf(wanted);

/** What a grant holds when nobody said: walls, guests and auditors read no personal data. */
export function defaultDataClass({ kind, roles }: Pick<Principal, 'kind' | 'roles'>): DataClass {
  if (kind === 'wall-device') return 'internal';
  return roles.length > 0 && roles.every((role) => role === 'guest' || role === 'auditor') ? 'internal' : 'personal';
}

/** Whether a party may read anything of a topic. */
export const mayReadTopic = (held: DataClass, topic: JoinableTopic): boolean => reaches(held, OPEN_TOPICS.has(topic) ? 'open' : 'internal');

/** A state as a party may read it: what says something of a person is gone for those without that class. */
export function maskState<S>(held: DataClass, topic: JoinableTopic, state: S): S {
  const personal = PERSONAL[topic];
  if (personal === undefined || reaches(held, 'personal') || typeof state !== 'object' || state === null) return state;
  const masked: Record<string, unknown> = Object.fromEntries(Object.entries(state));
  for (const [path, instead] of Object.entries(personal)) {
    const [outer = '', inner] = path.split('.');
    const value = masked[outer];
    if (inner === undefined && Object.hasOwn(masked, outer)) masked[outer] = instead;
    else if (inner !== undefined && typeof value === 'object' && value !== null) masked[outer] = { ...value, [inner]: instead };
  }
  return masked as S;
}
