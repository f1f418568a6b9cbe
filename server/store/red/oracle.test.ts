import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import holidays from '../../domain/calendar/holidays.vn.json' with { type: 'json' };
import { testEngineKinds } from '../engine/testEngines.ts';
import { AT, CATALOGUE, catalogueOf, createRedBench, DAY, type RedBench } from './testing/bench.ts';

/** What an SQL query that shares nothing with the engine finds ĐỎ and low. */
const ORACLE = readFileSync(new URL('./oracle.sql', import.meta.url), 'utf8');
const HISTORIES = 1000;
/** Histories stand side by side, each on a code of its own, so that one run of the query judges them all. */
const AT_ONCE = 125;

const codes = ['UP', 'DOWN', 'SUM'] as const;
const months = ['2025-11', '2025-12', '2026-01', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];
const history = fc.record({
  values: fc.array(
    fc.record({
      code: fc.constantFrom(...codes),
      unit: fc.constantFrom('SM-A', 'SM-B'),
      period: fc.constantFrom(...months),
      value: fc.option(fc.integer({ min: 0, max: 130 }), { freq: 8 }),
      age: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 10 },
  ),
  assignment: fc.record({
    dueAt: fc.integer({ min: AT - 20 * DAY, max: AT + 40 * DAY }),
    startAt: fc.option(fc.integer({ min: AT - 90 * DAY, max: AT - 21 * DAY }), { nil: undefined }),
    progress: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    done: fc.option(fc.boolean(), { nil: undefined, freq: 3 }),
    blocked: fc.option(fc.constant('chờ'), { nil: undefined }),
    age: fc.integer({ min: 0, max: 20 }),
    milestones: fc.option(fc.array(fc.record({ title: fc.constant('m'), dueAt: fc.integer({ min: AT - 20 * DAY, max: AT + 20 * DAY }), done: fc.boolean() }), { maxLength: 3 }), { nil: undefined }),
  }),
});

const manyIndicators = (count: number) => {
  const [head = '', rest = ''] = CATALOGUE.split('indicators:\n');
  const [lines = '', rules = ''] = rest.split('assignmentRules:');
  const own = lines.split('\n').filter((line) => line.includes('code: ') && !line.includes('MIX')).map((line) => line.replace('- &up {', '- {'));
  const all = Array.from({ length: count }, (_, n) => own.map((line) => line.replace(/code: (UP|DOWN|SUM)/, (_all, code: string) => `code: ${code}-${n}`)).join('\n'));
  return `${head}indicators:\n${all.join('\n')}\nassignmentRules:${rules}`;
};

describe.each(testEngineKinds())('the ĐỎ set on %s', (kind) => {
  let bench: RedBench;
  beforeAll(async () => {
    bench = await createRedBench(kind);
  });
  afterAll(() => bench.close());

  it(`equals an independent query for ${HISTORIES} random histories, both triggers, at three moments each`, { timeout: 540_000 }, async () => {
    const seen = { red: 0, low: 0, judged: 0 };
    const histories = fc.sample(history, { numRuns: HISTORIES, seed: kind === 'embedded' ? 20261005 : 20261122 });
    for (let first = 0; first < HISTORIES; first += AT_ONCE) {
      await bench.test.empty(['event_head']);
      bench.clock.move({ at: AT });
      await bench.red.use(catalogueOf(manyIndicators(AT_ONCE), `v${first}`));
      const batch = histories.slice(first, first + AT_ONCE);
      const values = batch.flatMap((one, n) => one.values.map(({ code, age, ...rest }, k) => ({ key: `v${first}-${n}-${k}`, at: AT - age * DAY, ...rest, code: `${code}-${n}` })));
      for (let from = 0; from < values.length; from += 500) await bench.send('indicator', values.slice(from, from + 500));
      await bench.send('assignment', batch.map(({ assignment: { age, ...told } }, n) => ({ key: `a${first}-${n}`, at: AT - age * DAY, unit: 'SM-A', title: 'Việc', ...JSON.parse(JSON.stringify(told)) as object })));
      for (const after of [0, 6 * DAY + 12_345_678, 40 * DAY]) {
        bench.clock.move({ at: AT + after });
        await bench.red.catchUp();
        const expected = await bench.engine.query<{ ref: string; is_red: boolean; is_low: boolean }>(ORACLE, [AT + after, holidays.daysOff.map(({ on }) => on), holidays.makeUpDays.map(({ on }) => on)]);
        const statuses = await bench.statuses();
        const sets = (rows: readonly { ref: string; is_red: boolean; is_low: boolean }[]) => [rows.filter((row) => row.is_red).map(({ ref }) => ref).sort(), rows.filter((row) => row.is_low).map(({ ref }) => ref).sort()];
        const [red, low] = sets(expected);
        expect(sets(statuses.map(({ ref, level, isLow }) => ({ ref, is_red: level === 'red', is_low: isLow }))), `history ${first}, after ${after}`).toEqual([red, low]);
        seen.red += red!.length;
        seen.low += low!.length;
        seen.judged += statuses.length;
        const open = await bench.engine.query<{ ref: string }>(`select s.ref from red_status s join red_case c on c.status_id = 'rs-' || s.n where s.level = 'red' group by s.ref having count(*) = 1 order by 1`);
        expect(open.map(({ ref }) => ref).sort()).toEqual(red);
      }
    }
    expect(seen.red).toBeGreaterThan(1000);
    expect(seen.low).toBeGreaterThan(1000);
    process.stdout.write(`${kind}: ${HISTORIES} histories × 3 moments, ${seen.judged} judged, ${seen.red} ĐỎ, ${seen.low} low\n`);
  });
});
