import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { findPostgres, startNativeCluster } from '../../../server/store/engine/nativeCluster.ts';
import { startProduct } from '../../support/product.ts';
import { resultOf, type Result, type Row } from '../row.ts';

/** Until what only starting up needed has been given back. */
const SETTLE_MS = 30_000;
const REST_MS = 15_000;
const LIMIT_MIB = 250;

const residentMib = (pid: number) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

async function restOf(environment: Record<string, string>, times: number): Promise<number[]> {
  const product = await startProduct({ environment });
  try {
    await pause(SETTLE_MS);
    const seen: number[] = [];
    for (let time = 0; time < times; time++) {
      await pause(REST_MS / times);
      seen.push(residentMib(product.child.pid!));
    }
    return seen;
  } finally {
    await product.close();
  }
}

/** The same with PostgreSQL beside, a cluster of its own: a second server is not let in without the first one's seal. */
async function beside(bin: string, environment: Record<string, string>, times: number): Promise<number[]> {
  const cluster = await startNativeCluster(bin);
  try {
    return await restOf({ DATABASE_URL: cluster.url, ...environment }, times);
  } finally {
    await cluster.stop();
  }
}

/** Resident memory of the server at rest, with the embedded engine inside and with PostgreSQL beside. */
export const row: Row = {
  name: 'memory',
  async measure({ rounds, say }) {
    const results: Result[] = [resultOf('memory.embedded', 'MiB', await restOf({}, rounds), { against: 'limit without the engine', peer: LIMIT_MIB, aim: 'reported' })];
    const bin = findPostgres();
    if (!bin) {
      say('no PostgreSQL with PostGIS here: memory.postgres is left out');
      return results;
    }
    results.push(resultOf('memory.postgres', 'MiB', await beside(bin, {}, rounds), { against: 'limit', peer: LIMIT_MIB, aim: '≤ 250 MiB' }));
    results.push(resultOf('memory.postgres.sample', 'MiB', await beside(bin, { IOC_SAMPLE: 'on' }, rounds), { against: 'limit', peer: LIMIT_MIB, aim: 'reported' }));
    return results;
  },
};
