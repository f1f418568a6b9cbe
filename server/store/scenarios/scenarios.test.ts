import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { wholeScope } from '../../domain/scope.ts';
import { stateHash } from '../../domain/wall/stateHash.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createCollections } from '../collections/collections.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { countFigure, readFigureQueries } from '../reports/figureQueries.ts';
import { readPublished } from '../feedback/published.ts';
import { alertItem, createTestStore, TEST_NOW, testUnits, type TestStore } from '../topics/testStore.ts';
import { createWork } from '../work/work.ts';
import { createDuty } from '../work/duty.ts';
import { createHandling } from '../work/handling.ts';
import { createAdoption } from '../adoption/adoption.ts';
import { directionCommand } from '../red/requests.ts';
import { createDesk } from '../work/desk.ts';
import { createDecisions } from '../walls/decisions.ts';
import { createWalls, type Walls } from '../walls/walls.ts';
import { createScenarios, type Scenarios, type ScenariosDeps } from './scenarios.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const layoutsFolder = join(ROOT, 'layouts');
const lan: Principal = { kind: 'person', id: 'lan', name: 'Trực ban', roles: ['operator'], units: null };
const chief: Principal = { ...lan, id: 'ac-9', name: 'Chánh Văn phòng mẫu', roles: ['operator', 'leader'] };
const telemetry = { vehicles: () => [], sensors: () => [], forgetRehearsal: () => ({ sensor: 0, vehicle: 0 }) };
const MINUTE = 60_000;

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.fault.code} ${outcome.fault.detail ?? ''}`);
  return outcome.value;
}

describe.each(testEngineKinds())('scenarios on %s', (kind) => {
  let store: TestStore;
  let walls: Walls;
  let realAt = TEST_NOW;
  beforeAll(async () => {
    store = await createTestStore(kind);
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.test.empty(['event_head']);
    walls = await createWalls({ engine: store.engine, clock: { ...store.clock, realNow: () => realAt }, layoutsFolder, logger: createSilentLog() });
    return () => walls.close();
  });

  const open = (node: string, more: Partial<ScenariosDeps> = {}): Promise<Scenarios> =>
    createScenarios({
      ...more,
      engine: store.engine, clock: { ...store.clock, realNow: () => realAt }, logger: createSilentLog(), walls, door: store.door, telemetry, hasUnit: testUnits.has, layoutsFolder, node, lookMs: 3_600_000,
      collections: createCollections({ engine: store.engine, clock: store.clock, units: testUnits, telemetry, sources: { health: () => [] } }),
      cameraSearch: { near: async () => ({ ok: true, value: [] }), seeing: async () => ({ ok: true, value: [] }) },
    });
  /** Lets domain time go by on every node, in steps a tick of theirs would take. */
  const pass = async (ms: number, ...nodes: Scenarios[]) => {
    for (let left = ms; left > 0; left -= 1000) {
      store.clock.move({ at: store.clock.now() + Math.min(1000, left) });
      realAt += Math.min(1000, left);
      for (const node of nodes) await node.look();
    }
  };
  const story = () => valueOf(walls.current('w2x2')).state.story;
  const figures = async () => {
    const queries = readFigureQueries();
    const all = [];
    for (const name of queries.keys()) all.push([name, (await countFigure(store.engine, queries, name, 0, store.clock.now() + 365 * 24 * 60 * MINUTE, null)).rows]);
    return all;
  };

  test('a run begins at its first step, goes by time, by hand and back, and gives the wall back as it was', async () => {
    const scenarios = await open('a');
    const before = stateHash(valueOf(walls.current('w2x2')).state);
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khai-truong-ioc', wall: 'w2x2' }));
    expect(story()).toMatchObject({ step: 'chao-mung', phase: 'running', isRehearsal: true });
    expect(valueOf(walls.current('w2x2')).state.mode).toBe('rehearsal');
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
    const decide = createDecisions({ engine: store.engine, clock: store.clock, walls, issue }).commands['decision.make']!;
    await decide(lan, { wall: 'w2x2', unit: '20242', text: 'Bơm nước', dueAt: TEST_NOW + MINUTE });
    expect(directions).toEqual([{ unit: '20242', text: 'Bơm nước', dueAt: TEST_NOW + MINUTE, rehearsal: run.id }]);
    const shown = valueOf(walls.current('w2x2')).state;
    const [alert] = await store.engine.query<{ n: number; rehearsal: string }>('select n, rehearsal from alert');
    expect(alert).toMatchObject({ rehearsal: run.id });
    expect(shown.tiles.find(({ id }) => id === 'focus')?.settings).toEqual({ alert: `al-${alert!.n}` });
    expect(await scenarios.commands['scenario.remove']!(lan, { run: run.id })).toMatchObject({ ok: false, fault: { code: 'SCENARIO_RUNS' } });
    valueOf(await scenarios.commands['scenario.stop']!(lan, { run: run.id }));
    expect(stateHash(valueOf(walls.current('w2x2')).state)).toBe(before);
    expect(await scenarios.commands['scenario.next']!(lan, { run: run.id })).toMatchObject({ ok: false, fault: { code: 'SCENARIO_OVER' } });
    await scenarios.close();
  });

  test('when the node that held it dies, another goes on at the same step, and nothing is sent twice', async () => {
    const first = await open('a');
    valueOf(await first.commands['scenario.start']!(lan, { scenario: 'lu-song-han', wall: 'w2x2', isAuto: true }));
    await pass(150_000, first);
    expect(story()?.step).toBe('ngap-dau-tien');
    await first.close();
    const alerts = await store.engine.query('select n from alert');
    await pass(60_000);
    const second = await open('b');
    await second.look();
    await pass(1000, second);
    expect(story()).toMatchObject({ step: 'ngap-dau-tien' });
    expect((await second.runs()).ok && valueOf(await second.runs())[0]!.atMs).toBeLessThan(153_000);
    expect(await store.engine.query('select n from alert')).toEqual(alerts);
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

  test('a rehearsal leaves reports, lists, exports and public pages as they were, and is removed with a receipt', async () => {
    await store.send('alert', [alertItem({ key: 'thật' })]);
    await store.send('feedback', [{ key: 'fb-thật', at: TEST_NOW, service: 'other', description: 'Có thật', position: [108.21, 16.06] }]);
    const work = createWork({ engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits });
    const collections = createCollections({ engine: store.engine, clock: store.clock, units: testUnits, telemetry, sources: { health: () => [] } });
    const span = [0, TEST_NOW + 365 * 24 * 60 * MINUTE] as const;
    const shift = createDuty({ engine: store.engine, clock: store.clock });
    const handling = createHandling({ engine: store.engine, clock: store.clock, units: testUnits });
    const adoption = createAdoption({ engine: store.engine, clock: store.clock });
    const decisions = createDecisions({ engine: store.engine, clock: store.clock, walls, issue: directionCommand(createDesk({ engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits })) });
    const look = async () => ({
      figures: await figures(),
      shift: valueOf(await shift.write(lan, { form: 'handover', words: 'Bàn giao' })).figures,
      handling: await Promise.all((['alert', 'feedback', 'request'] as const).map(async (of) => valueOf(await handling.board(wholeScope('test'), { of, by: 'ward', from: span[0], to: span[1] })))),
      decisions: (({ decisions: made, weeks }) => ({ made, weeks }))(valueOf(await adoption.read(...span))),
      lists: await Promise.all(['alerts', 'feedback', 'handling-requests', 'indicators', 'security-events'].map(async (name) => valueOf(await collections.list(name, { limit: 500 }, wholeScope('test'))))),
      published: valueOf(await readPublished(store.engine, { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 500 })),
    });
    const before = await look();
    const scenarios = await open('a');
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'lu-song-han', wall: 'w2x2', isAuto: true, rate: 20 }));
    await pass(31_000, scenarios);
    const [injected] = await store.engine.query<{ n: number }>("select n from alert where rehearsal is not null and state = 'raised' limit 1");
    const assigned = valueOf(await work['alert.assign']!(lan, { id: `al-${injected!.n}`, unit: '20242', note: 'thử' }));
    expect(assigned.request.rehearsal).toBe(run.id);
    const decided = valueOf(await decisions.commands['decision.make']!(chief, { wall: 'w2x2', unit: '20242', text: 'Bơm nước', dueAt: store.clock.now() + 600 * MINUTE }));
    expect(decided).toMatchObject({ request: { rehearsal: run.id } });
    expect(scenarios.rehearsals()).toEqual([run.id]);
    expect(await look()).toEqual(before);
    const receipt = valueOf(await scenarios.commands['scenario.remove']!(lan, { run: run.id }));
    expect(receipt).toMatchObject({ run: run.id, left: 0 });
    expect(receipt.rows).toMatchObject({ feedback: 46, alert: 5 });
    expect(await look()).toEqual(before);
    expect(await store.engine.query('select seq from event_log where rehearsal is not null')).toEqual([]);
    expect(scenarios.rehearsals()).toEqual([]);
    expect(valueOf(await scenarios.commands['scenario.remove']!(lan, { run: run.id }))).toEqual(receipt);
    await scenarios.close();
  });

  test('a past hour is forked into a rehearsal that plays', async () => {
    const fromAt = store.clock.now();
    await walls.act(lan, 'w2x2', { do: 'scene', scene: 'y-te' }, '');
    await store.send('alert', [alertItem({ key: 'thật', at: fromAt })]);
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
    expect(await store.engine.query('select rehearsal from alert order by n')).toEqual([{ rehearsal: null }, { rehearsal: run.id }]);
    expect(await scenarios.commands['scenario.fork']!({ ...lan, units: ['20242'] }, wish)).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN' } });
    expect(await scenarios.commands['scenario.fork']!(lan, { ...wish, toAt: fromAt })).toMatchObject({ ok: false, fault: { code: 'REQUEST_BODY' } });
    await scenarios.close();
  });

  test('a course counts what operators did in time and writes down who passed', async () => {
    const work = createWork({ engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits });
    const scenarios = await open('a');
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khoa-huan-luyen', wall: 'w2x2', isAuto: true }));
    await pass(50_000, scenarios);
    const [alert] = await store.engine.query<{ n: number }>('select n from alert');
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
    const work = createWork({ engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits });
    const scenarios = await open('a');
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khoa-huan-luyen', wall: 'w2x2', isAuto: true }));
    await pass(41_000, scenarios);
    valueOf(await scenarios.commands['scenario.pause']!(lan, { run: run.id, on: true }));
    await pass(30_000, scenarios);
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ phase: 'paused', checks: [{ check: 'bai-1-tiep-nhan', state: 'open' }] });
    await pass(32_000, scenarios);
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ phase: 'paused', checks: [{ state: 'missed' }] });
    const [alert] = await store.engine.query<{ n: number }>('select n from alert');
    valueOf(await work['alert.acknowledge']!(lan, { id: `al-${alert!.n}` }));
    valueOf(await scenarios.commands['scenario.pause']!(lan, { run: run.id, on: false }));
    await pass(5000, scenarios);
    expect(valueOf(await scenarios.run(run.id))).toMatchObject({ phase: 'running', score: 0, atMs: expect.closeTo(46_000, -4) });
    await scenarios.close();
  });

  test('a course broken off is nobody’s record, and work done just before its end still counts', async () => {
    const work = createWork({ engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits });
    const scenarios = await open('a');
    const left = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khoa-huan-luyen', wall: 'w2x2', isAuto: true }));
    await pass(50_000, scenarios);
    valueOf(await scenarios.commands['scenario.stop']!(lan, { run: left.id }));
    const before = valueOf(await scenarios.trainings('nobody')).length;
    const run = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khoa-huan-luyen', wall: 'w2x2', isAuto: true }));
    await pass(41_000, scenarios);
    const [alert] = await store.engine.query<{ n: number }>('select n from alert where rehearsal = $1', [run.id]);
    valueOf(await work['alert.acknowledge']!(lan, { id: `al-${alert!.n}` }));
    valueOf(await scenarios.commands['scenario.seek']!(lan, { run: run.id, toS: 600 }));
    const records = valueOf(await scenarios.trainings('nobody'));
    expect(await scenarios.commands['training.finish']!(lan, { course: 'khoa-huan-luyen', score: 100, outOf: 100 })).toMatchObject({ ok: false, fault: { code: 'REQUEST_BODY' } });
    expect(records.slice(0, records.length - before)).toMatchObject([{ run: run.id, score: 20, isPassed: false }]);
    expect(valueOf(await scenarios.run(run.id)).checks.filter(({ state }) => state === 'open')).toEqual([]);
    await scenarios.close();
  });

  test('what is missing is told before, and its step is shown by its fallback', async () => {
    const scenarios = await open('a');
    const found = valueOf(await scenarios.preflight('moi-truong', 'w2x2'));
    expect(found).toMatchObject({ isReady: false });
    expect(found.needs.map(({ step, isMet, hasFallback }) => [step, isMet, hasFallback])).toEqual([[null, false, false], ['bui-min', false, true]]);
    valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'moi-truong', wall: 'w2x2' }));
    expect(story()).toMatchObject({ step: 'bui-min', isFallback: true });
    const late = valueOf(await scenarios.commands['scenario.start']!(lan, { scenario: 'khai-truong-ioc', wall: 'w1x1' }));
    const shown = async () => {
      valueOf(await scenarios.commands['scenario.seek']!(lan, { run: late.id, step: 'kinh-te-xa-hoi' }));
      return valueOf(walls.current('w1x1')).state.story?.isFallback;
    };
    expect(await shown()).toBe(true);
    await store.send('indicator', [{ key: 'ct', at: TEST_NOW, unit: '20242', code: 'KTXH-01', period: '2026-09', value: 60 }]);
    expect(await shown()).toBe(false);
    expect(await scenarios.preflight('none', 'w2x2')).toMatchObject({ ok: false, fault: { code: 'SCENARIO_UNKNOWN' } });
    await scenarios.close();
  });

  test('data that is not correct or complete enough keeps a scenario from being ready, and is named', async () => {
    const row = (id: string, correct: number | null) => ({ kind: 'indicator' as const, id, name: id, scores: { correct, complete: 100, clean: 100, live: 100 }, history: [] });
    const needs = async (correct: number | null) => {
      const scenarios = await open('a', { quality: async () => [row('KTXH-01', correct), row('KTXH-03', 99), row('KTXH-05', 100)] });
      const { needs: [asked] } = valueOf(await scenarios.preflight('ra-soat-do', 'w2x2'));
      await scenarios.close();
      return asked!;
    };
    expect((await needs(95)).short).toBeUndefined();
    expect(await needs(60)).toMatchObject({ isMet: false, short: [{ id: 'KTXH-01', scores: ['correct'] }] });
    expect(await needs(null)).toMatchObject({ short: [{ id: 'KTXH-01', scores: ['correct'] }] });
  });

  test('data below the minimum bars a scenario, and only who leads lets it begin, with a reason that is kept', async () => {
    const poor = (['KTXH-01', 'KTXH-03', 'KTXH-05'] as const).map((id) => ({ kind: 'indicator' as const, id, name: id, scores: { correct: id === 'KTXH-03' ? 70 : 99, complete: 100, clean: 100, live: 100 }, history: [] }));
    const scenarios = await open('a', { quality: async () => poor });
    const start = (actor: Principal, waiver?: { reason: string }) => scenarios.commands['scenario.start']!(actor, { scenario: 'ra-soat-do', wall: 'w2x2', ...(waiver ? { waiver } : {}) });
    expect(valueOf(await scenarios.preflight('ra-soat-do', 'w2x2'))).toMatchObject({ isBarred: true, isReady: false });
    expect(await start(lan)).toMatchObject({ ok: false, fault: { code: 'SCENARIO_QUALITY', detail: 'KTXH-03: correct' } });
    expect(await start(lan, { reason: 'Họp gấp' })).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN', pointer: '/waiver' } });
    expect(await start(chief, { reason: '  ' })).toMatchObject({ ok: false, fault: { code: 'STATE_REASON', pointer: '/waiver/reason' } });
    expect(valueOf(await scenarios.runs())).toEqual([]);
    const run = valueOf(await start(chief, { reason: ' Họp gấp ' }));
    expect(run.waiver).toMatchObject({ by: 'Chánh Văn phòng mẫu', reason: 'Họp gấp', short: [{ id: 'KTXH-03', scores: ['correct'] }] });
    expect(valueOf(await scenarios.run(run.id)).waiver).toEqual(run.waiver);
    expect(await store.engine.query('select actor, action, object from audit_log')).toContainEqual({ actor: 'ac-9', action: 'scenario.waive', object: run.id });
    await scenarios.close();
  });

  test('every scenario runs on the customer’s own data: what is missing is told, every step comes, nothing is sent', async () => {
    await store.send('alert', [alertItem({ key: 'thật' })]);
    const scenarios = await open('a');
    for (const { id } of scenarios.list()) {
      const { steps, needs = [] } = scenarios.get(id)!;
      const found = valueOf(await scenarios.preflight(id, 'w2x2'));
      expect(found.needs, id).toHaveLength(needs.length + steps.flatMap((step) => step.needs ?? []).length);
      expect(found.isReady, id).toBe(found.emptyTiles.length === 0 && found.needs.every(({ isMet, hasFallback }) => isMet || hasFallback));
      expect(found.emptyTiles.length + found.needs.filter(({ isMet }) => !isMet).length, id).toBeGreaterThan(0);
      const run = valueOf(await scenarios.commands['scenario.start']!(chief, { scenario: id, wall: 'w2x2', isRehearsal: false, ...(found.isBarred ? { waiver: { reason: 'thử' } } : {}) }));
      const seen = [story()?.step];
      const said = [story()?.narration];
      for (const { id: from } of steps.slice(0, -1)) {
        valueOf(await scenarios.commands['scenario.next']!(chief, { run: run.id, from }));
        seen.push(story()?.step);
        said.push(story()?.narration);
      }
      const untrue = steps.filter(({ id: step, narration, onRealData }, nth) => found.madeUp.some((one) => one.step === step) && said[nth]?.vi === narration.vi && onRealData?.narration.vi !== narration.vi);
      expect(untrue, id).toEqual([]);
      expect(seen, id).toEqual(steps.map((step) => step.id));
      expect(valueOf(walls.current('w2x2')).state.mode, id).toBe('live');
      valueOf(await scenarios.commands['scenario.stop']!(chief, { run: run.id }));
    }
    expect(scenarios.rehearsals()).toEqual([]);
    const [made] = await store.engine.query<{ things: number }>('select ((select count(*) from alert) + (select count(*) from feedback) + (select count(*) from handling_request) + (select count(*) from record))::int as things');
    expect(made?.things).toBe(1);
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
