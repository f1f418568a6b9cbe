import { describe, expect, test } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { testUnits } from '../topics/testStore.ts';
import { createWork } from '../work/work.ts';
import { lan, setStage, valueOf } from './testStage.ts';

describe.each(testEngineKinds())('courses on %s', (kind) => {
  const stage = setStage(kind);
  const { open, pass } = stage;

  test('a course counts what operators did in time and writes down who passed', async () => {
    const work = createWork({ engine: stage.store.engine, clock: stage.store.clock, log: createSilentLog(), units: testUnits });
    const scenarios = await open('a');
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khoa-huan-luyen', wall: 'w2x2', isAuto: true }));
    await pass(50_000, scenarios);
    const [alert] = await stage.store.engine.query<{ n: number }>('select n from alert');
    valueOf(await work['alert.acknowledge']!(lan, { id: `al-${alert!.n}` }));
    await pass(5000, scenarios);
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ score: 20, outOf: 100 });
    valueOf(await scenarios.commands['scenario.seek']!(lan, { run: run.id, toS: 600 }));
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ phase: 'ended', passAt: 70 });
    expect(valueOf(await scenarios.trainings(lan.id))).toMatchObject([{ course: 'khoa-huan-luyen', person: 'Trực ban', isMine: true, score: 20, outOf: 100, isPassed: false }]);
    expect(valueOf(await scenarios.trainings('nobody'))).toMatchObject([{ isMine: false }]);
    await scenarios.close();
  });

  test('a pause wins no time: what is asked runs out while the course stands, and a deed after that scores nothing', async () => {
    const work = createWork({ engine: stage.store.engine, clock: stage.store.clock, log: createSilentLog(), units: testUnits });
    const scenarios = await open('a');
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khoa-huan-luyen', wall: 'w2x2', isAuto: true }));
    await pass(41_000, scenarios);
    valueOf(await scenarios.commands['scenario.pause']!(lan, { run: run.id, on: true }));
    await pass(30_000, scenarios);
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ phase: 'paused', checks: [{ check: 'bai-1-tiep-nhan', state: 'open' }] });
    await pass(32_000, scenarios);
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ phase: 'paused', checks: [{ state: 'missed' }] });
    const [alert] = await stage.store.engine.query<{ n: number }>('select n from alert');
    valueOf(await work['alert.acknowledge']!(lan, { id: `al-${alert!.n}` }));
    valueOf(await scenarios.commands['scenario.pause']!(lan, { run: run.id, on: false }));
    await pass(5000, scenarios);
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ phase: 'running', score: 0, atMs: expect.closeTo(46_000, -4) });
    await scenarios.close();
  });

  test('a course broken off is nobody’s record, and work done just before its end still counts', async () => {
    const work = createWork({ engine: stage.store.engine, clock: stage.store.clock, log: createSilentLog(), units: testUnits });
    const scenarios = await open('a');
    const left = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khoa-huan-luyen', wall: 'w2x2', isAuto: true }));
    await pass(50_000, scenarios);
    valueOf(await scenarios.commands['scenario.stop']!(lan, { run: left.id }));
    const before = valueOf(await scenarios.trainings('nobody')).length;
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khoa-huan-luyen', wall: 'w2x2', isAuto: true }));
    await pass(41_000, scenarios);
    const [alert] = await stage.store.engine.query<{ n: number }>('select n from alert where rehearsal = $1', [run.id]);
    valueOf(await work['alert.acknowledge']!(lan, { id: `al-${alert!.n}` }));
    valueOf(await scenarios.commands['scenario.seek']!(lan, { run: run.id, toS: 600 }));
    const records = valueOf(await scenarios.trainings('nobody'));
    expect(await scenarios.commands['training.finish']!(lan, { course: 'khoa-huan-luyen', score: 100, outOf: 100 })).toMatchObject({ ok: false, fault: { code: 'REQUEST_BODY' } });
    expect(records.slice(0, records.length - before)).toMatchObject([{ run: run.id, score: 20, isPassed: false }]);
    expect(valueOf(await scenarios.run(run.id)).checks.filter(({ state }) => state === 'open')).toEqual([]);
    await scenarios.close();
  });
});
