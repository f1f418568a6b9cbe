import type { Footprint } from '../../../geo/viewCone.ts';
import { wholeScope } from '../../../server/domain/scope.ts';
import { createRandom } from '../../../server/kernel/random.ts';
import { createCameraSearch } from '../../../server/store/collections/cameraSearch.ts';
import { testEngineKinds } from '../../../server/store/engine/testEngines.ts';
import { createTestStore, TEST_NOW } from '../../../server/store/topics/testStore.ts';
import { resultOf, type Result, type Row } from '../row.ts';

const CAMERAS = 5000;
const BUILDINGS = 2000;
const BATCH = 500;
const ASKED = 100;
const NEAREST = 5;
const NEAR_AIM_MS = 5;
const SEEING_AIM_MS = 50;
const scope = wholeScope('bench');

/** Nearest five of 5,000 cameras to a random point, and those that see it between 2,000 buildings. */
export const row: Row = {
  name: 'camera-search',
  async measure({ rounds, say }) {
    const results: Result[] = [];
    for (const kind of testEngineKinds()) {
      const random = createRandom(7);
      const point = (): [number, number] => [108.15 + random.below(1e6) / 1e7, 16 + random.below(1e6) / 1e7];
      const buildings: Footprint[] = Array.from({ length: BUILDINGS }, () => {
        const [west, south] = point();
        const [east, north] = [west + 0.0002, south + 0.0002];
        return { ring: [[west, south], [east, south], [east, north], [west, north], [west, south]], heightM: 12 };
      });
      const store = await createTestStore(kind);
      try {
        for (let from = 0; from < CAMERAS; from += BATCH) {
          const batch = Array.from({ length: BATCH }, (_, n) => ({ key: `cam-${from + n}`, at: TEST_NOW, name: `Camera ${from + n}`, position: point(), azimuth: random.below(360), fieldOfView: 90, rangeM: 150 }));
          const taken = await store.send('camera', batch);
          if (taken.some(({ status }) => status !== 'accepted')) throw new Error(`a camera was not taken: ${JSON.stringify(taken.find(({ status }) => status !== 'accepted'))}`);
        }
        await store.engine.query('analyze camera');
        const search = createCameraSearch({ engine: store.engine, buildings: () => buildings });
        const timed = async (ask: 'near' | 'seeing'): Promise<number> => {
          const at = point();
          const startedAt = performance.now();
          const found = await search[ask](at, NEAREST, scope);
          const tookMs = performance.now() - startedAt;
          if (!found.ok || (ask === 'near' && found.value.length !== NEAREST)) throw new Error(`${ask} was not answered`);
          return tookMs;
        };
        const [near, seeing]: [number[], number[]] = [[], []];
        for (const ask of ['near', 'seeing'] as const) await timed(ask);
        for (let n = 0; n < ASKED * rounds; n++) {
          near.push(await timed('near'));
          seeing.push(await timed('seeing'));
        }
        say(`${kind}: ${CAMERAS} cameras, ${BUILDINGS} buildings`);
        const aim = (ms: number) => (kind === 'postgres' ? `p95 ≤ ${ms} ms` : 'reported');
        results.push(
          resultOf(`camera-search.near.${kind}`, 'ms', near, { against: 'its aim', peer: NEAR_AIM_MS, aim: aim(NEAR_AIM_MS) }),
          resultOf(`camera-search.seeing.${kind}`, 'ms', seeing, { against: 'its aim', peer: SEEING_AIM_MS, aim: aim(SEEING_AIM_MS) }),
        );
      } finally {
        await store.close();
      }
    }
    return results;
  },
};
