import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noteCount } from '../faults/counts.ts';
import { ROOT } from '../house/tree.ts';
import type { Step } from './schedule.ts';
import { openWorld } from './world.ts';

interface Mutant {
  name: string;
  file: string;
  from: string;
  to: string;
}

const MUTANTS = JSON.parse(readFileSync(new URL('./mutants.json', import.meta.url), 'utf8')) as Mutant[];
const HOOK = new URL('../security/mutants/hook.ts', import.meta.url).href;

/** One schedule with every kind of blow; each fault is met by some step of it. */
const HARD: readonly Step[] = [
  { do: 'both', count: 20 }, { do: 'newcomers', at: 0, count: 20 }, { do: 'other-body', at: 0, count: 5 }, { do: 'repeat', at: 1, count: 8 }, { do: 'one-by-one', at: 0, count: 6 },
  { do: 'cut', at: 0, how: 'blackhole' }, { do: 'burst', at: 1, count: 20 }, { do: 'heal' }, { do: 'both', count: 20 }, { do: 'narrow', isNarrow: true },
  { do: 'burst', at: 0, count: 12 }, { do: 'heal' }, { do: 'both', count: 4 },
  { do: 'cut', at: 1, how: 'blackhole' }, { do: 'burst', at: 0, count: 12 },
  { do: 'cut', at: 1, how: 'rst' }, { do: 'burst', at: 0, count: 20 }, { do: 'crash-store' }, { do: 'restore' }, { do: 'both', count: 9 },
];

/** Why the product with this fault in it was found wrong; undefined when it was not. */
async function faultOf(mutant: Mutant | undefined): Promise<string | undefined> {
  let world: Awaited<ReturnType<typeof openWorld>> | undefined;
  try {
    world = await openWorld(mutant ? { NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${HOOK}`, SEEDED_FAULT: JSON.stringify(mutant) } : {});
    for (let at = 0; at < HARD.length; at += 5) await world.play(HARD.slice(at, at + 5));
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0];
  } finally {
    await world?.close();
  }
}

test('a sound product is not accused, and every seeded fault of delivery is caught', async () => {
  expect(await faultOf(undefined)).toBeUndefined();
  const lines: { name: string; caughtBy: string | null }[] = [];
  for (const mutant of MUTANTS) {
    const caughtBy = (await faultOf(mutant)) ?? null;
    lines.push({ name: mutant.name, caughtBy });
    console.log(`seeded fault «${mutant.name}»: ${caughtBy ?? 'MISSED'}`);
  }
  const caught = lines.filter(({ caughtBy }) => caughtBy !== null).length;
  mkdirSync(join(ROOT, 'test', 'report'), { recursive: true });
  writeFileSync(join(ROOT, 'test', 'report', 'delivery-mutants.json'), JSON.stringify({ caught, of: lines.length, lines }, null, 2));
  noteCount('seeded faults of delivery', `${caught} of ${lines.length} caught, the sound product not accused`);
  expect(lines.filter(({ caughtBy }) => caughtBy === null)).toEqual([]);
});
