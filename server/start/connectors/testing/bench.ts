import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector, ConnectorText } from '#contract/connector.ts';
import { okay } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { isInVietnam } from '../../../../geo/inside.ts';
import { createRealClock } from '../../../kernel/clock.ts';
import { createSilentLog } from '../../../kernel/log.ts';
import { createRandom } from '../../../kernel/random.ts';
import { createTestStore, testSeal, testUnits } from '../../../store/topics/testStore.ts';
import { openConnectors } from '../house.ts';

const ADMIN: Principal = { kind: 'person', id: 'us-1', name: 'Quản trị', roles: ['admin'], units: null };

/** Connections on a store of their own, as an administrator works with them. */
export async function createConnectorBench() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'connectors-'));
  const store = await createTestStore('embedded');
  store.clock.move({ at: Date.now() });
  const house = await openConnectors({
    engine: store.engine, seal: testSeal, door: store.door, units: testUnits, places: { isInVietnam, wardAt: () => null }, clock: createRealClock(), random: createRandom(1), log: createSilentLog(), dataFolder,
    isOnDuty: () => true, quality: async () => okay({ at: 0, items: [] }),
  });
  await house.start();
  const look = async (id: string): Promise<Connector | undefined> => {
    const listed = await house.list();
    return listed.ok ? listed.value.find((one) => one.id === id) : undefined;
  };
  return {
    house,
    look,
    query: store.engine.query,
    preview: async (text: ConnectorText, secrets: object = {}) => {
      const tried = await house.preview(text, secrets);
      if (!tried.ok) throw new Error(JSON.stringify(tried.fault));
      return tried.value;
    },
    /** Writes it down as it is now wanted and lets it run. */
    async run(text: ConnectorText, secrets: object = {}) {
      const written = await house.write(ADMIN, text, secrets, (await look(text.id))?.rev ?? 0);
      if (!written.ok) throw new Error(JSON.stringify(written.fault));
      await house.turn(ADMIN, text.id, true);
    },
    stop: (id: string) => house.turn(ADMIN, id, false),
    backfill: (id: string, span: { from: number; to: number; sliceHours: number }) => house.backfill(ADMIN, id, span),
    async close() {
      await house.close();
      await store.close();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

export type ConnectorBench = Awaited<ReturnType<typeof createConnectorBench>>;
