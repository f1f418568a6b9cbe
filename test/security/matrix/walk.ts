import { COMMANDS, type CommandName } from '#contract/events.ts';
import type { Policy, Role } from '#contract/roles.ts';
import { createTestApp } from '../../../server/http/testing/app.ts';
import { textOf } from '../support/textOf.ts';
import type { Papers, Who } from './people.ts';
import type { Planted } from './plant.ts';
import { addressOf, familyOf, sampleOf, thingOf } from './samples.ts';
import { RELATIONS, wordsIn, type Relation } from './units.ts';

/** One question: this person, at this door, about a thing of this unit. */
export interface Cell {
  who: Who;
  method: string;
  url: string;
  policy: Policy;
  relation: Relation;
}

/** What came back, as far as the matrix judges it. */
export interface Verdict {
  cell: Cell;
  status: number;
  seen: Relation[];
  faults: string[];
}

/** Doors whose very purpose is public by law or by specification: a report's own words stand there, its place and its sender do not. */
const PUBLIC_WORDS = new Set(['open311', 'report']);
/** Doors that end the session that asks, or count against the limit on sign-ins: tested by themselves. */
const APART = new Set(['DELETE /api/v1/session', 'POST /api/v1/session', 'POST /api/v1/session/password']);
/** Things that are the centre's own and belong to no unit. */
const COMMON = new Set(['walls', 'scenes', 'tours', 'units', 'procedures', 'data-sets', 'sources', 'scenarios', 'wall', 'scene', 'geo', 'tiles', 'assets', 'keys', 'audit', 'connectors']);

/** Who passes which policy, written down a second time on purpose. */
const MAY: Readonly<Record<Policy, readonly Role[] | 'all' | 'none'>> = {
  public: 'all',
  wall: 'all',
  staff: 'all',
  operate: ['operator', 'admin'],
  'unit-work': ['unit-officer', 'operator', 'admin'],
  'camera-register': ['camera-team', 'admin'],
  lead: ['leader', 'admin'],
  administer: ['admin'],
  audit: ['auditor', 'admin'],
  ingest: 'none',
};

const mayPass = (policy: Policy, who: Who): boolean => {
  if (policy === 'public') return true;
  if (who === 'ingest-key') return policy === 'ingest';
  if (who === 'nobody') return false;
  const may = MAY[policy];
  return may === 'all' || (may !== 'none' && may.includes(who));
};

/** Every door of the product with its policy, from the registry that the server itself boots with. */
export async function doorsOfProduct(): Promise<{ method: string; url: string; policy: Policy }[]> {
  const app = await createTestApp();
  const rows = app.describePolicies();
  await app.close();
  return rows.filter(({ method, url }) => method !== 'HEAD' && !APART.has(`${method} ${url}`)).map(({ method, url, policy }) => ({ method, url, policy }));
}

export function cellsOf(doors: readonly { method: string; url: string; policy: Policy }[], everyone: readonly Who[]): Cell[] {
  return doors.flatMap((door) => everyone.flatMap((who) => RELATIONS.map((relation) => ({ ...door, who, relation }))));
}

interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema: Record<string, unknown> }[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
}
/** The published description of the doors: bodies and parameters are made from it. */
export type Description = { paths: Record<string, Record<string, Operation>> };

const operationOf = (description: Description, { url, method }: Cell): Operation | undefined => description.paths[url.replace(/:([A-Za-z0-9]+)/g, '{$1}')]?.[method.toLowerCase()];

/** Asks one question and says what is wrong with the answer. */
export async function ask(base: string, description: Description, papers: Papers, ids: Planted, cell: Cell): Promise<Verdict> {
  const thing = thingOf(cell.url);
  const operation = operationOf(description, cell);
  const url = new URL(addressOf(cell.url, cell.relation, ids), base);
  for (const { in: where, name, required, schema } of operation?.parameters ?? []) {
    if (where === 'query' && (required || name === 'unit')) url.searchParams.set(name, String(sampleOf(schema, name, cell.relation, ids, thing)));
  }
  const body = bodyOf(operation, cell, ids);
  const answer = await fetch(url, { method: cell.method, redirect: 'manual', headers: { ...papers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body }) });
  const text = textOf(Buffer.from(await answer.arrayBuffer()));
  return judge(cell, answer.status, text, [...answer.headers].join('\n'));
}

function bodyOf(operation: Operation | undefined, cell: Cell, ids: Planted): string | undefined {
  if (cell.method === 'GET' || cell.method === 'DELETE') return undefined;
  const name = /\/commands\/([^/:]+)$/.exec(cell.url)?.[1];
  const known = name !== undefined && Object.hasOwn(COMMANDS, name) ? (COMMANDS[name as CommandName].request as unknown as Record<string, unknown>) : undefined;
  const schema = known ?? operation?.requestBody?.content['application/json']?.schema;
  return schema === undefined ? undefined : JSON.stringify(sampleOf(schema, '', cell.relation, ids, thingOf(cell.url)));
}

function judge(cell: Cell, status: number, text: string, headers: string): Verdict {
  const seen = wordsIn(`${text}\n${headers}`);
  const family = familyOf(cell.url);
  const isMine = cell.who !== 'nobody' && cell.who !== 'ingest-key';
  const foreign = seen.filter((relation) => relation !== 'own' || !isMine);
  const faults: string[] = [];
  if (foreign.length > 0 && !PUBLIC_WORDS.has(family)) faults.push(`words of ${foreign.join(', ')}`);
  if (!mayPass(cell.policy, cell.who) && status < 400) faults.push(`answered ${status} to one without the right`);
  const isAboutThing = /^\/(api|media)\/.*:(id|camera)\b/.test(cell.url) || /commands\/(alert|case|feedback|handling-request|procedure|presence|direction)\./.test(cell.url);
  if (isAboutThing && !COMMON.has(family) && (cell.relation !== 'own' || !isMine) && status >= 200 && status < 300) faults.push(`answered ${status} about a thing of another unit`);
  if (status >= 500) faults.push(`answered ${status}`);
  return { cell, status, seen, faults };
}
