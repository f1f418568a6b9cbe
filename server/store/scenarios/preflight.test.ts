import { describe, expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { alertItem, TEST_NOW } from '../topics/testStore.ts';
import { chief, lan, setStage, valueOf } from './testStage.ts';

describe.each(testEngineKinds())('what a scenario needs on %s', (kind) => {
  const stage = setStage(kind);
  const { open, story } = stage;

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
      return valueOf(stage.walls.current('w1x1')).state.story?.isFallback;
    };
    expect(await shown()).toBe(true);
    await stage.store.send('indicator', [{ key: 'ct', at: TEST_NOW, unit: '20242', code: 'KTXH-01', period: '2026-09', value: 60 }]);
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
    expect(await stage.store.engine.query('select actor, action, object from audit_log')).toContainEqual({ actor: 'ac-9', action: 'scenario.waive', object: run.id });
    await scenarios.close();
  });

  test('every scenario runs on the customer’s own data: what is missing is told, every step comes, nothing is sent', async () => {
    await stage.store.send('alert', [alertItem({ key: 'thật' })]);
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
      expect(valueOf(stage.walls.current('w2x2')).state.mode, id).toBe('live');
      valueOf(await scenarios.commands['scenario.stop']!(chief, { run: run.id }));
    }
    expect(scenarios.rehearsals()).toEqual([]);
    const [made] = await stage.store.engine.query<{ things: number }>('select ((select count(*) from alert) + (select count(*) from feedback) + (select count(*) from handling_request) + (select count(*) from record))::int as things');
    expect(made?.things).toBe(1);
    await scenarios.close();
  });
});
