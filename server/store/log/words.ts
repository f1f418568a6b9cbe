import type { LoggedTopic } from '#contract/topics.ts';

type Json = Record<string, unknown>;

/**
 * Fields that hold free text or names of persons. The log never stores them: they live in the row of the thing
 * and are joined when an entry is delivered, so that erasing a text leaves the log as it was.
 */
export const WORDS: Readonly<Record<LoggedTopic, readonly string[]>> = {
  alert: ['title', 'text', 'shelvedReason', 'owner.name'],
  feedback: ['description', 'address', 'result'],
  camera: [],
  'handling-request': ['title', 'note', 'returnReason', 'result', 'about.title', 'issuedBy', 'acceptedBy', 'verifiedBy'],
  indicator: [],
  dossier: [],
  assignment: ['values.title', 'values.directive'],
  document: ['values.title', 'values.issuer'],
  outreach: ['values.title'],
  'security-event': ['values.text', 'values.asset'],
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy of a state as the log keeps it. */
export function withoutWords(topic: LoggedTopic, state: object): Json {
  const paths = WORDS[topic];
  const body: Json = {};
  for (const [field, value] of Object.entries(state)) {
    if (paths.includes(field)) continue;
    const inner = isJson(value) ? paths.find((path) => path.startsWith(`${field}.`)) : undefined;
    body[field] = inner === undefined ? value : withoutInner(value as Json, field, paths);
  }
  return body;
}

/** A body of the log made whole with the words its thing has now; a thing that is gone gives empty ones. */
export function withWords(topic: LoggedTopic, body: Json, state: object | undefined): Json {
  const now: Json = { ...state };
  const whole: Json = { ...body };
  for (const path of WORDS[topic]) {
    const [outer = '', inner] = path.split('.');
    if (inner === undefined) whole[outer] = state ? now[outer] : '';
    else if (isJson(whole[outer])) whole[outer] = { ...whole[outer], ...pick(now[outer], inner) };
  }
  return whole;
}

const withoutInner = (value: Json, outer: string, paths: readonly string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([inner]) => !paths.includes(`${outer}.${inner}`)));

function pick(record: unknown, key: string): Json {
  if (!isJson(record)) return { [key]: '' };
  return record[key] === undefined ? {} : { [key]: record[key] };
}
