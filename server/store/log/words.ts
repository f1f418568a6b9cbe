import type { LoggedTopic } from '#contract/topics.ts';

type Json = Record<string, unknown>;

/**
 * Fields that hold free text or names of persons. The log never stores them: they live in the row of the thing
 * and are joined when an entry is delivered, so that erasing a text leaves the log as it was.
 * `list[].field` is a field of every member of a list, whose members have an `id`.
 */
export const WORDS: Readonly<Record<LoggedTopic, readonly string[]>> = {
  alert: ['title', 'text', 'shelvedReason', 'owner.name', 'shelveAsk.name', 'shelveAsk.reason'],
  feedback: ['description', 'address', 'result', 'answer', 'closedReason'],
  camera: [],
  'handling-request': ['title', 'note', 'returnReason', 'result', 'about.title', 'issuedBy', 'acceptedBy', 'verifiedBy', 'nudgeNote', 'explanationQuestion', 'explanation'],
  indicator: [],
  dossier: [],
  assignment: ['values.title', 'values.directive', 'values.blocked', 'values.milestones'],
  document: ['values.title', 'values.issuer'],
  outreach: ['values.title'],
  'security-event': ['values.text', 'values.asset'],
  case: [
    'title', 'subject.title', 'cause', 'solution', 'result', 'returnReason', 'closeReason', 'responsible.name',
    'milestones[].title', 'obstacles[].text', 'obstacles[].answer', 'nudges[].text',
  ],
  'red-status': ['subject.title'],
  directive: ['title', 'issuer', 'enteredBy'],
  campaign: ['title', 'enteredBy'],
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** For each topic, the fields that words touch: the whole field, or something inside it. */
const TOUCHED = new Map(Object.entries(WORDS).map(([topic, paths]) => [topic, new Map(paths.map((path) => [path.replace(/(\[\])?\..*/, ''), path.includes('.') ? 'inside' : 'whole']))]));

/** A copy of a state as the log keeps it. */
export function withoutWords(topic: LoggedTopic, state: object): Json {
  const touched = TOUCHED.get(topic)!;
  const paths = WORDS[topic];
  const body: Json = {};
  for (const field in state) {
    const how = touched.get(field);
    if (how === 'whole') continue;
    const value = (state as Json)[field];
    if (how === undefined) body[field] = value;
    else if (Array.isArray(value)) body[field] = value.map((member: Json) => withoutInner(member, `${field}[]`, paths));
    else body[field] = isJson(value) ? withoutInner(value, field, paths) : value;
  }
  return body;
}

/** A body of the log made whole with the words its thing has now; a thing that is gone gives empty ones. */
export function withWords(topic: LoggedTopic, body: Json, state: object | undefined): Json {
  const now: Json = { ...state };
  const whole: Json = { ...body };
  for (const path of WORDS[topic]) {
    const [outer = '', inner] = path.split('.');
    const list = outer.endsWith('[]') ? outer.slice(0, -2) : undefined;
    if (list !== undefined && inner !== undefined) whole[list] = withMemberWords(whole[list], now[list], inner);
    else if (inner === undefined) whole[outer] = state ? now[outer] : '';
    else if (isJson(whole[outer])) whole[outer] = { ...whole[outer], ...pick(now[outer], inner) };
  }
  return whole;
}

function withMemberWords(members: unknown, now: unknown, key: string): unknown {
  if (!Array.isArray(members)) return members;
  const known = new Map((Array.isArray(now) ? (now as Json[]) : []).map((member) => [member['id'], member]));
  return members.map((member: Json) => ({ ...member, ...pick(known.get(member['id']), key) }));
}

const withoutInner = (value: Json, outer: string, paths: readonly string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([inner]) => !paths.includes(`${outer}.${inner}`)));

function pick(record: unknown, key: string): Json {
  if (!isJson(record)) return { [key]: '' };
  return record[key] === undefined ? {} : { [key]: record[key] };
}
