import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { Scene } from '#contract/wall.ts';
import type { Clock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';
import { createWalls, type Walls } from './walls.ts';

const operator: Principal = { kind: 'person', id: 'u-1', name: 'Trực ban', roles: ['operator'], units: null };
const layoutsFolder = fileURLToPath(new URL('../../../layouts/', import.meta.url));
const yamlOf = (value: object) => stringify(value, { aliasDuplicateObjects: false });
const clock: Clock = { now: () => 1000, realNow: () => 1000, rate: () => 1, isReal: () => true };

describe.each(testEngineKinds())('edited scenes on %s', (kind) => {
  let test_: TestEngine;
  let walls: Walls;
  const open = () => createWalls({ engine: test_.engine, clock, layoutsFolder, logger: createSilentLog() });
  const good = <T>(outcome: Outcome<T>): T => (outcome.ok ? outcome.value : expect.unreachable(outcome.fault.code));
  const run = async <T>(name: string, request: object): Promise<T> => good(await (walls.commands as Record<string, (actor: Principal, request: object) => Promise<Outcome<T>>>)[name]!(operator, request));
  const title = () => good(walls.current('w2x2')).state.tiles[0]?.title?.vi;
  const shipped = (): Scene => structuredClone(walls.scenes().find(({ id }) => id === 'toan-canh')!);
  const named = (vi: string): Scene => {
    const scene = shipped();
    scene.tiles[0]!.title = { vi, en: vi };
    return scene;
  };

  beforeAll(async () => {
    test_ = await createTestEngine(kind);
    await migrate(test_.engine, createSilentLog());
  });
  afterAll(() => test_.close());
  beforeEach(async () => {
    await test_.empty();
    await test_.engine.query('delete from layout_version');
    await test_.engine.query('delete from scene_published');
    walls = await open();
    return () => walls.close();
  });

  test('a saved version is shown once it is published, on every node, after a restart, until it is withdrawn', async () => {
    const second = await open();
    const before = title();
    expect(await run('scene.save', { scene: named('Một') })).toEqual({ version: 1, faults: [] });
    expect(await run('scene.save', { scene: named('Hai') })).toEqual({ version: 2, faults: [] });
    expect(title()).toBe(before);
    await run('scene.publish', { id: 'toan-canh', version: 2 });
    expect(title()).toBe('Hai');
    await vi.waitFor(() => expect(second.scenes().find(({ id }) => id === 'toan-canh')?.tiles[0]?.title?.vi).toBe('Hai'), 5000);
    await second.close();
    await walls.close();
    walls = await open();
    expect(walls.scenes().find(({ id }) => id === 'toan-canh')?.tiles[0]?.title?.vi).toBe('Hai');
    expect(await run('scene.versions', { id: 'toan-canh' })).toMatchObject({ versions: [{ version: 2, isPublished: true, savedBy: 'Trực ban' }, { version: 1, isPublished: false }] });
    expect(await run<Scene>('scene.read', { id: 'toan-canh', version: 1 })).toEqual(named('Một'));
    await run('scene.withdraw', { id: 'toan-canh' });
    expect(title()).toBe(before);
  });

  test('a scene with faults is not stored and every fault is named', async () => {
    const broken = shipped();
    broken.tiles[1]!.rect.x = 0;
    broken.tiles[2]!.widget = 'none';
    const { version, faults } = await run<{ version: number | null; faults: { code: string; vi: string }[] }>('scene.save', { scene: broken });
    expect(version).toBeNull();
    expect(faults.map(({ code }) => code)).toEqual(expect.arrayContaining(['overlap', 'widget']));
    expect(faults[0]?.vi).toContain('toan-canh.yaml, dòng');
    expect(await run('scene.versions', {})).toEqual({ versions: [], upgrade: null });
  });

  test('a scene becomes a file and comes back the same', async () => {
    for (const scene of walls.scenes()) {
      const { yaml, faults } = await run<{ yaml: string; faults: unknown[] }>('scene.write', { scene });
      expect(faults).toEqual([]);
      expect(await run('scene.check', { yaml })).toEqual({ scene, faults: [], upgrade: null });
    }
    expect(await run('scene.check', { yaml: 'schema: 1\nid: x\n' })).toMatchObject({ scene: null, faults: [{ code: 'schema' }] });
  });

  test('a version saved in an older form is shown, told and saved anew in today’s, and stays as it was', async () => {
    const old = { ...named('Xưa'), schema: 1 };
    const insert = (version: number, spec: object) => test_.engine.query("insert into layout_version (kind, id, version, spec, saved_by, saved_at) values ('scene', 'toan-canh', $1, $2, 'Trực ban', 1)", [version, JSON.stringify(spec)]);
    await insert(1, old);
    await run('scene.publish', { id: 'toan-canh', version: 1 });
    expect(title()).toBe('Xưa');
    const opened = await run<Scene>('scene.read', { id: 'toan-canh', version: 1 });
    expect(opened).toEqual(named('Xưa'));
    expect(await run('scene.save', { scene: opened })).toEqual({ version: 2, faults: [] });
    expect(await run('scene.versions', { id: 'toan-canh' })).toMatchObject({ versions: expect.arrayContaining([expect.objectContaining({ version: 1, schema: 1 }), expect.objectContaining({ version: 2, schema: 2 })]), upgrade: null });
    expect(await test_.engine.query("select spec from layout_version where version = 1")).toEqual([{ spec: old }]);
    expect(await run('scene.check', { yaml: yamlOf(old), file: 'cu.yaml' })).toEqual({ scene: opened, faults: [], upgrade: { from: 1, to: 2 } });
  });

  test('a version a newer program wrote is neither opened nor published, and its file is shown', async () => {
    const before = title();
    await test_.engine.query("insert into layout_version (kind, id, version, spec, saved_by, saved_at) values ('scene', 'toan-canh', 1, $1, 'Trực ban', 1)", [JSON.stringify({ ...named('Mai sau'), schema: 9 })]);
    const commands = walls.commands as Record<string, (actor: Principal, request: object) => Promise<Outcome<unknown>>>;
    for (const name of ['scene.read', 'scene.publish']) expect(await commands[name]!(operator, { id: 'toan-canh', version: 1 })).toMatchObject({ ok: false, fault: { code: 'LAYOUT_NEWER' } });
    await test_.engine.query("insert into scene_published (id, version, published_by, published_at) values ('toan-canh', 1, 'Trực ban', 1)");
    await walls.close();
    walls = await open();
    expect(title()).toBe(before);
    expect(await run('scene.check', { yaml: yamlOf({ ...named('Mai sau'), schema: 9 }), file: 'moi.yaml' })).toMatchObject({ scene: null, faults: [{ code: 'version', line: 1, vi: expect.stringContaining('moi.yaml, dòng 1') }] });
  });

  test('what was never saved can not be published, read or withdrawn', async () => {
    const refusal = async (name: string, request: object) => (await (walls.commands as Record<string, (actor: Principal, request: object) => Promise<Outcome<unknown>>>)[name]!(operator, request)) as { ok: false; fault: { code: string } };
    for (const [name, request] of [['scene.publish', { id: 'x', version: 1 }], ['scene.read', { id: 'x', version: 1 }], ['scene.withdraw', { id: 'x' }]] as const) expect((await refusal(name, request)).fault.code).toBe('NOT_FOUND');
  });
});
