import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../house/tree.ts';
import { call, signIn } from '../../support/door.ts';
import { INGEST_KEY, startProduct, type Product } from '../../support/product.ts';
import { EVERYONE, makePeople, ROLES, type Papers, type Who } from './people.ts';
import { plantAll, plantReporter, plantWave, type Planted } from './plant.ts';
import { commandAll, joinAll, listenedTo, openScreen, watchAll } from './sockets.ts';
import { RELATIONS, UNIT, type Relation } from './units.ts';
import { ask, cellsOf, doorsOfProduct, type Description, type Verdict } from './walk.ts';

const IS_FULL = process.env.TEST_FULL === '1';
/** In a reduced run an officer asks at every door, and of the others one at every second door, in turn. */
const REDUCED_TURN = 20;
const AT_ONCE = 8;

let product: Product;
let admin: string;
let ids: Record<Relation, Planted>;
let pictures: Record<Relation, string>;
let papers: Map<Who, Papers>;
let epoch: string;
const tally = { cells: 0, leaks: [] as string[], shown: 0 };

/** What time alone changes: an alert that nobody took is raised by itself while a long run goes on. */
const BY_TIME: ReadonlySet<string> = new Set(['escalated', 'updatedAt']);

/** Everything of the other units as a whole administrator sees it. */
async function othersNow(): Promise<string> {
  const states: unknown[] = [];
  for (const name of ['alerts', 'feedback', 'cameras', 'handling-requests', 'cases', 'assignments', 'reports', 'camera-sets', 'users']) {
    const { items } = await call<{ items: { id: string; unit?: string | null; units?: string[] | null; name?: string }[] }>(product.url, admin, `/api/v1/${name}`);
    states.push(items.filter((item) => [UNIT.sibling, UNIT.parent].includes(item.unit ?? item.units?.[0] ?? '') || (name === 'camera-sets' && [ids.sibling['camera-set'], ids.parent['camera-set']].includes(item.id))));
  }
  return JSON.stringify(states, (key, value: unknown) => (BY_TIME.has(key) ? undefined : value));
}

beforeAll(async () => {
  product = await startProduct();
  admin = await signIn(product.url);
  ({ ids, pictures } = await plantAll(product.url, admin));
  papers = await makePeople(product.url, admin, INGEST_KEY);
  ({ epoch } = ((await (await fetch(`${product.url}/readyz`)).json()) as { log: { epoch: string } }).log);
});

afterAll(async () => {
  await product?.close();
  mkdirSync(join(ROOT, 'test', 'report'), { recursive: true });
  writeFileSync(join(ROOT, 'test', 'report', 'rights.json'), `${JSON.stringify({ cells: tally.cells, leaks: tally.leaks.length, shown: tally.shown, profile: IS_FULL ? 'full' : 'reduced', list: tally.leaks }, null, 1)}\n`);
  console.log(`rights matrix: ${tally.cells} cells, ${tally.leaks.length} leaks, own words shown ${tally.shown} times`);
});

test('screens of every role hear only their own unit', async () => {
  const screens = await Promise.all(ROLES.map((role) => openScreen(product.url, role, papers.get(role)!)));
  for (const screen of screens) {
    const joined = await joinAll(screen, epoch);
    tally.cells += joined.cells;
    tally.shown += joined.shown;
    tally.leaks.push(...joined.faults);
  }
  for (const relation of RELATIONS) await plantWave(product.url, relation, pictures[relation], 2);
  await plantReporter(product.url, 2);
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline && !screens.every(({ heard }) => heard.some(({ name }) => name === 'sensor.updated') && heard.some(({ text }) => text.includes('security-event')))) await new Promise((resolve) => setTimeout(resolve, 100));
  for (const screen of screens) {
    const told = listenedTo(screen);
    tally.cells += told.cells;
    tally.shown += told.shown;
    tally.leaks.push(...told.faults);
    screen.close();
  }
  expect(tally.leaks).toEqual([]);
});

test('players get pictures of their own cameras only', async () => {
  let shown = 0;
  for (const role of ROLES) {
    const watched = await watchAll(product.url, role, papers.get(role)!, ids);
    tally.cells += watched.cells;
    shown += watched.shown;
    tally.leaks.push(...watched.faults);
  }
  expect(tally.leaks).toEqual([]);
  expect(shown).toBe(ROLES.length);
});

test('commands over a socket touch only the own unit', async () => {
  const before = await othersNow();
  const faults: string[] = [];
  for (const role of IS_FULL ? ROLES : (['unit-officer', 'operator', 'admin'] as const)) {
    const screen = await openScreen(product.url, role, papers.get(role)!);
    const done = await commandAll(screen, ids);
    tally.cells += done.cells;
    faults.push(...done.faults, ...listenedTo(screen).faults);
    screen.close();
  }
  tally.leaks.push(...faults);
  expect(faults).toEqual([]);
  expect(await othersNow()).toBe(before);
});

test('every door shows every person the own unit only', async () => {
  const description = (await (await fetch(`${product.url}/api/v1/openapi.json`)).json()) as Description;
  const doors = await doorsOfProduct();
  const before = await othersNow();
  const cells = cellsOf(doors, EVERYONE).filter(({ who }, index) => IS_FULL || who === 'unit-officer' || (EVERYONE.indexOf(who) + Math.floor(index / (EVERYONE.length * RELATIONS.length))) % REDUCED_TURN === 0);
  const verdicts: Verdict[] = [];
  for (let at = 0; at < cells.length; at += AT_ONCE) {
    verdicts.push(...(await Promise.all(cells.slice(at, at + AT_ONCE).map((cell) => ask(product.url, description, papers.get(cell.who)!, ids[cell.relation], cell)))));
  }
  const faults = verdicts.flatMap(({ cell, status, faults: found }) => found.map((fault) => `${cell.who} ${cell.method} ${cell.url} (${cell.relation}, ${status}): ${fault}`));
  tally.cells += cells.length;
  tally.leaks.push(...faults);
  const shown = verdicts.filter(({ seen }) => seen.includes('own'));
  tally.shown += shown.length;
  expect(faults).toEqual([]);
  expect(await othersNow()).toBe(before);
  expect(new Set(shown.map(({ cell }) => cell.url)).size, 'doors that show a person the own unit').toBeGreaterThan(40);
});
