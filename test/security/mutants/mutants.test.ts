import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { signIn } from '../../support/door.ts';
import { INGEST_KEY, startProduct } from '../../support/product.ts';
import { makePeople } from '../matrix/people.ts';
import { plantAll, plantWave } from '../matrix/plant.ts';
import { commandAll, joinAll, listenedTo, openScreen, watchAll } from '../matrix/sockets.ts';
import { RELATIONS } from '../matrix/units.ts';
import { ask, cellsOf, doorsOfProduct, type Description } from '../matrix/walk.ts';

interface Mutant {
  name: string;
  file: string;
  from: string;
  to: string;
}

const MUTANTS = JSON.parse(readFileSync(new URL('./mutants.json', import.meta.url), 'utf8')) as Mutant[];
const HOOK = new URL('./hook.ts', import.meta.url).href;
const IS_FULL = process.env.TEST_FULL === '1';
/** Each product starts from nothing beside whatever else the machine does; one that ends says so at once. Units: ms. */
const READY_MS = 900_000;
const DOORS = /^\/api\/v1\/(users|attachments\/:id|cameras\/:id|security|keys|audit|alerts|reports\/:id)/;

/** What the matrix, in little, says of a product with this fault in it. */
async function faultsOf(mutant: Mutant | undefined): Promise<string[]> {
  const product = await startProduct({ readyWithinMs: READY_MS, ...(mutant ? { environment: { NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${HOOK}`, SEEDED_FAULT: JSON.stringify(mutant) } } : {}) });
  try {
    const admin = await signIn(product.url);
    const { ids, pictures } = await plantAll(product.url, admin);
    const papers = await makePeople(product.url, admin, INGEST_KEY);
    const { log } = (await (await fetch(`${product.url}/readyz`)).json()) as { log: { epoch: string } };
    const faults: string[] = [];
    const screen = await openScreen(product.url, 'operator', papers.get('operator')!);
    faults.push(...(await joinAll(screen, log.epoch)).faults);
    for (const relation of RELATIONS) await plantWave(product.url, relation, pictures[relation], 2);
    faults.push(...(await commandAll(screen, ids)).faults, ...listenedTo(screen).faults);
    screen.close();
    faults.push(...(await watchAll(product.url, 'operator', papers.get('operator')!, ids)).faults);
    const description = (await (await fetch(`${product.url}/api/v1/openapi.json`)).json()) as Description;
    const doors = (await doorsOfProduct()).filter(({ url, method }) => method === 'GET' && DOORS.test(url));
    for (const cell of cellsOf(doors, ['admin', 'unit-officer'])) {
      const { faults: found } = await ask(product.url, description, papers.get(cell.who)!, ids[cell.relation], cell);
      faults.push(...found.map((fault) => `${cell.who} ${cell.url}: ${fault}`));
    }
    return faults;
  } finally {
    await product.close();
  }
}

test('every seeded fault of rights is caught, and a sound product is not accused', async () => {
  const accused = IS_FULL ? await faultsOf(undefined) : [];
  expect(accused).toEqual([]);
  const chosen = IS_FULL ? MUTANTS : MUTANTS.slice(4, 5);
  const missed: string[] = [];
  for (const mutant of chosen) {
    const faults = await faultsOf(mutant);
    console.log(`seeded fault «${mutant.name}»: ${faults.length > 0 ? `caught by ${faults.length}, first: ${faults[0]}` : 'MISSED'}`);
    if (faults.length === 0) missed.push(mutant.name);
  }
  console.log(`seeded faults of rights: ${chosen.length - missed.length} of ${chosen.length} caught`);
  expect(missed).toEqual([]);
});
