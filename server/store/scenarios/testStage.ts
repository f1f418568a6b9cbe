import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createCollections } from '../collections/collections.ts';
import type { Engine } from '../engine/engine.ts';
import { createTestStore, TEST_NOW, testUnits, type TestStore } from '../topics/testStore.ts';
import { createWalls, type Walls } from '../walls/walls.ts';
import { createScenarios, type Scenarios, type ScenariosDeps } from './scenarios.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const layoutsFolder = join(ROOT, 'layouts');
export const lan: Principal = { kind: 'person', id: 'lan', name: 'Trực ban', roles: ['operator'], units: null };
export const chief: Principal = { ...lan, id: 'ac-9', name: 'Chánh Văn phòng mẫu', roles: ['operator', 'leader'] };
export const telemetry = { vehicles: () => [], sensors: () => [], forgetRehearsal: () => ({ sensor: 0, vehicle: 0 }) };
export const MINUTE = 60_000;

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.fault.code} ${outcome.fault.detail ?? ''}`);
  return outcome.value;
}

/** A store, walls and a time of their own for tests of scenarios; to be called where tests are described. */
export function setStage(kind: Engine['kind']) {
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
  return {
    get store() {
      return store;
    },
    get walls() {
      return walls;
    },
    open: (node: string, more: Partial<ScenariosDeps> = {}): Promise<Scenarios> =>
      createScenarios({
        ...more,
        engine: store.engine, clock: { ...store.clock, realNow: () => realAt }, logger: createSilentLog(), walls, door: store.door, telemetry, hasUnit: testUnits.has, layoutsFolder, node, lookMs: 3_600_000,
        collections: createCollections({ engine: store.engine, clock: store.clock, units: testUnits, telemetry, sources: { health: () => [] } }),
        cameraSearch: { near: async () => ({ ok: true, value: [] }), seeing: async () => ({ ok: true, value: [] }) },
      }),
    /** Lets domain time go by on every node, in steps a tick of theirs would take. */
    async pass(ms: number, ...nodes: Scenarios[]): Promise<void> {
      for (let left = ms; left > 0; left -= 1000) {
        store.clock.move({ at: store.clock.now() + Math.min(1000, left) });
        realAt += Math.min(1000, left);
        for (const node of nodes) await node.look();
      }
    },
    /** Real time alone goes by, as while a node is dead. */
    wait: (ms: number): void => void (realAt += ms),
    story: () => valueOf(walls.current('w2x2')).state.story,
  };
}
