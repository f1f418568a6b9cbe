import { describe, expect, test } from 'vitest';
import { refused } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { stateHash } from '../../domain/wall/stateHash.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { TEST_NOW } from '../topics/testStore.ts';
import { createDecisions } from '../walls/decisions.ts';
import { lan, MINUTE, setStage, valueOf } from './testStage.ts';

describe.each(testEngineKinds())('scenarios on %s', (kind) => {
  const stage = setStage(kind);
  const { open, pass, story } = stage;

  test('a run begins at its first step, goes by time, by hand and back, and gives the wall back as it was', async () => {
    const scenarios = await open('a');
    const before = stateHash(valueOf(stage.walls.current('w2x2')).state);
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khai-truong-ioc', wall: 'w2x2' }));
    expect(story()).toMatchObject({ step: 'chao-mung', phase: 'running', isRehearsal: true });
    expect(valueOf(stage.walls.current('w2x2')).state.mode).toBe('rehearsal');
    expect(await scenarios.commands['scenario.start']!(lan, { scenario: 'chay-cho', wall: 'w2x2' })).toMatchObject({ ok: false, fault: { code: 'SCENARIO_BUSY' } });
    await pass(41_000, scenarios);
    expect(story()).toMatchObject({ step: 'chao-mung', phase: 'waiting', atMs: 40_000 });
    valueOf(await scenarios.commands['scenario.next']!(lan, { run: run.id }));
    expect(story()).toMatchObject({ step: 'kinh-te-xa-hoi' });
    expect(await scenarios.commands['scenario.next']!(lan, { run: run.id, from: 'chao-mung' })).toMatchObject({ ok: false, fault: { code: 'SCENARIO_MOVED' } });
    expect(story()?.step).toBe('kinh-te-xa-hoi');
    valueOf(await scenarios.commands['scenario.back']!(lan, { run: run.id, from: 'kinh-te-xa-hoi' }));
    expect(story()?.step).toBe('chao-mung');
    valueOf(await scenarios.commands['scenario.seek']!(lan, { run: run.id, step: 'bao-dong' }));
    const directions: unknown[] = [];
    const issue = async (_actor: Principal, direction: object) => (directions.push(direction), refused('INGEST_UNIT'));
    const decide = createDecisions({ engine: stage.store.engine, clock: stage.store.clock, walls: stage.walls, issue }).commands['decision.make']!;
    await decide(lan, { wall: 'w2x2', unit: '20242', text: 'Bơm nước', dueAt: TEST_NOW + MINUTE });
    expect(directions).toEqual([{ unit: '20242', text: 'Bơm nước', dueAt: TEST_NOW + MINUTE, rehearsal: run.id }]);
    const shown = valueOf(stage.walls.current('w2x2')).state;
    const [alert] = await stage.store.engine.query<{ n: number; rehearsal: string }>('select n, rehearsal from alert');
    expect(alert).toMatchObject({ rehearsal: run.id });
    expect(shown.tiles.find(({ id }) => id === 'focus')?.settings).toEqual({ alert: `al-${alert!.n}` });
    expect(await scenarios.commands['scenario.remove']!(lan, { run: run.id })).toMatchObject({ ok: false, fault: { code: 'SCENARIO_RUNS' } });
    valueOf(await scenarios.commands['scenario.stop']!(lan, { run: run.id }));
    expect(stateHash(valueOf(stage.walls.current('w2x2')).state)).toBe(before);
    expect(await scenarios.commands['scenario.next']!(lan, { run: run.id })).toMatchObject({ ok: false, fault: { code: 'SCENARIO_OVER' } });
    await scenarios.close();
  });

  test('when the node that held it dies, another goes on at the same step, and nothing is sent twice', async () => {
    const first = await open('a');
    valueOf(await first.commands['scenario.start']!(lan, { scenario: 'lu-song-han', wall: 'w2x2', isAuto: true }));
    await pass(150_000, first);
    expect(story()?.step).toBe('ngap-dau-tien');
    await first.close();
    const alerts = await stage.store.engine.query('select n from alert');
    await pass(60_000);
    const second = await open('b');
    await second.look();
    await pass(1000, second);
    expect(story()).toMatchObject({ step: 'ngap-dau-tien' });
    expect((await second.runs()).ok && valueOf(await second.runs())[0]!.atMs).toBeLessThan(153_000);
    expect(await stage.store.engine.query('select n from alert')).toEqual(alerts);
    await pass(50_000, second);
    expect(story()?.step).toBe('phan-anh-don-dap');
    await second.close();
  });

  test('at 20× a scenario of ten minutes is over within thirty seconds', async () => {
    const scenarios = await open('a');
    valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'lu-song-han', wall: 'w2x2', isAuto: true, rate: 20 }));
    await pass(31_000, scenarios);
    expect(story()).toMatchObject({ phase: 'ended', step: 'ket-thuc' });
    await scenarios.close();
  });

  test('a file with a camera, unit or layer that is not there is refused by line, and a good one is saved and offered', async () => {
    const scenarios = await open('a');
    const good = valueOf(scenarios.file('tai-nan-cau-rong'));
    const bad = good.replace('sensors: false', 'sonar: false').replace('"20242"', "'99999'").replace(/\n {4}at: (\d+)/, '\n    at: $1\n    inject_: 1');
    const checked = valueOf(await scenarios.commands['scenario.check']!(lan, { yaml: bad }));
    expect(checked.scenario).toBeNull();
    expect(checked.faults.every(({ line }) => line > 1)).toBe(true);
    const layer = valueOf(await scenarios.commands['scenario.check']!(lan, { yaml: good.replace('sensors: false', 'sonar: false') }));
    expect(layer.faults).toMatchObject([{ code: 'layer', detail: 'sonar', line: good.split('\n').findIndex((line) => line.includes('sensors: false')) + 1 }]);
    const named = good.replace(/cameras: \{ tile: (\S+), near: \[[^\]]+\]/, 'cameras: { tile: $1, refs: [khong-co-1]');
    const camera = valueOf(await scenarios.commands['scenario.check']!(lan, { yaml: named }));
    expect(camera.faults).toMatchObject([{ code: 'camera', detail: 'khong-co-1', line: named.split('\n').findIndex((line) => line.includes('khong-co-1')) + 1 }]);
    expect(camera.scenario).toMatchObject({ id: 'tai-nan-cau-rong' });
    const saved = valueOf(await scenarios.commands['scenario.save']!(lan, { yaml: good.replace('id: tai-nan-cau-rong', 'id: tai-nan-rieng') }));
    expect(saved).toMatchObject({ id: 'tai-nan-rieng', version: 1, faults: [] });
    expect(scenarios.list().find(({ id }) => id === 'tai-nan-rieng')).toMatchObject({ isOwn: true });
    valueOf(await scenarios.commands['scenario.withdraw']!(lan, { scenario: 'tai-nan-rieng' }));
    expect(scenarios.get('tai-nan-rieng')).toBeUndefined();
    await scenarios.close();
  });
});
