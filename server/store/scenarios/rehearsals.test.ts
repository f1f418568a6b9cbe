import { describe, expect, test } from 'vitest';
import { wholeScope } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createAdoption } from '../adoption/adoption.ts';
import { createCollections } from '../collections/collections.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { readPublished } from '../feedback/published.ts';
import { directionCommand } from '../red/requests.ts';
import { countFigure, readFigureQueries } from '../reports/figureQueries.ts';
import { alertItem, TEST_NOW, testUnits } from '../topics/testStore.ts';
import { createDecisions } from '../walls/decisions.ts';
import { createDesk } from '../work/desk.ts';
import { createDuty } from '../work/duty.ts';
import { createHandling } from '../work/handling.ts';
import { createWork } from '../work/work.ts';
import { chief, lan, MINUTE, setStage, telemetry, valueOf } from './testStage.ts';

describe.each(testEngineKinds())('rehearsals on %s', (kind) => {
  const stage = setStage(kind);
  const { open, pass } = stage;

  const figures = async () => {
    const queries = readFigureQueries();
    const all = [];
    for (const name of queries.keys()) all.push([name, (await countFigure(stage.store.engine, queries, name, 0, stage.store.clock.now() + 365 * 24 * 60 * MINUTE, null)).rows]);
    return all;
  };

  test('a rehearsal leaves reports, lists, exports and public pages as they were, and is removed with a receipt', async () => {
    await stage.store.send('alert', [alertItem({ key: 'thật' })]);
    await stage.store.send('feedback', [{ key: 'fb-thật', at: TEST_NOW, service: 'other', description: 'Có thật', position: [108.21, 16.06] }]);
    const work = createWork({ engine: stage.store.engine, clock: stage.store.clock, log: createSilentLog(), units: testUnits });
    const collections = createCollections({ engine: stage.store.engine, clock: stage.store.clock, units: testUnits, telemetry, sources: { health: () => [] } });
    const span = [0, TEST_NOW + 365 * 24 * 60 * MINUTE] as const;
    const shift = createDuty({ engine: stage.store.engine, clock: stage.store.clock });
    const handling = createHandling({ engine: stage.store.engine, clock: stage.store.clock, units: testUnits });
    const adoption = createAdoption({ engine: stage.store.engine, clock: stage.store.clock });
    const decisions = createDecisions({ engine: stage.store.engine, clock: stage.store.clock, walls: stage.walls, issue: directionCommand(createDesk({ engine: stage.store.engine, clock: stage.store.clock, log: createSilentLog(), units: testUnits })) });
    const look = async () => ({
      figures: await figures(),
      shift: valueOf(await shift.write(lan, { form: 'handover', words: 'Bàn giao' })).figures,
      handling: await Promise.all((['alert', 'feedback', 'request'] as const).map(async (of) => valueOf(await handling.board(wholeScope('test'), { of, by: 'ward', from: span[0], to: span[1] })))),
      decisions: (({ decisions: made, weeks }) => ({ made, weeks }))(valueOf(await adoption.read(...span))),
      lists: await Promise.all(['alerts', 'feedback', 'handling-requests', 'indicators', 'security-events'].map(async (name) => valueOf(await collections.list(name, { limit: 500 }, wholeScope('test'))))),
      published: valueOf(await readPublished(stage.store.engine, { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 500 })),
    });
    const before = await look();
    const scenarios = await open('a');
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'lu-song-han', wall: 'w2x2', isAuto: true, rate: 20 }));
    await pass(31_000, scenarios);
    const [injected] = await stage.store.engine.query<{ n: number }>("select n from alert where rehearsal is not null and state = 'raised' limit 1");
    const assigned = valueOf(await work['alert.assign']!(lan, { id: `al-${injected!.n}`, unit: '20242', note: 'thử' }));
    expect(assigned.request.rehearsal).toBe(run.id);
    const decided = valueOf(await decisions.commands['decision.make']!(chief, { wall: 'w2x2', unit: '20242', text: 'Bơm nước', dueAt: stage.store.clock.now() + 600 * MINUTE }));
    expect(decided).toMatchObject({ request: { rehearsal: run.id } });
    expect(scenarios.rehearsals()).toEqual([run.id]);
    expect(await look()).toEqual(before);
    const receipt = valueOf(await scenarios.commands['scenario.remove']!(lan, { run: run.id }));
    expect(receipt).toMatchObject({ run: run.id, left: 0 });
    expect(receipt.rows).toMatchObject({ feedback: 46, alert: 5 });
    expect(await look()).toEqual(before);
    expect(await stage.store.engine.query('select seq from event_log where rehearsal is not null')).toEqual([]);
    expect(scenarios.rehearsals()).toEqual([]);
    expect(valueOf(await scenarios.commands['scenario.remove']!(lan, { run: run.id }))).toEqual(receipt);
    await scenarios.close();
  });

  test('a past hour is forked into a rehearsal that plays', async () => {
    const fromAt = stage.store.clock.now();
    await stage.walls.act(lan, 'w2x2', { do: 'scene', scene: 'y-te' }, '');
    await stage.store.send('alert', [alertItem({ key: 'thật', at: fromAt })]);
    const scenarios = await open('a');
    await pass(90_000);
    const wish = { wall: 'w2x2', fromAt, toAt: fromAt + 80_000, id: 'lam-lai', name: { vi: 'Làm lại', en: 'Again' } };
    const { yaml, faults } = valueOf(await scenarios.commands['scenario.fork']!(lan, wish));
    expect(yaml).toContain('scene: y-te');
    expect(faults).toEqual([]);
    valueOf(await scenarios.commands['scenario.save']!(lan, { yaml }));
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'lam-lai', wall: 'w2x2', rate: 20, isAuto: true }));
    await pass(6000, scenarios);
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ phase: 'ended', isRehearsal: true });
    expect(await stage.store.engine.query('select rehearsal from alert order by n')).toEqual([{ rehearsal: null }, { rehearsal: run.id }]);
    expect(await scenarios.commands['scenario.fork']!({ ...lan, units: ['20242'] }, wish)).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN' } });
    expect(await scenarios.commands['scenario.fork']!(lan, { ...wish, toAt: fromAt })).toMatchObject({ ok: false, fault: { code: 'REQUEST_BODY' } });
    await scenarios.close();
  });
});
