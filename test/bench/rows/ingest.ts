import { Client } from 'pg';
import { findPostgres, startNativeCluster } from '../../../server/store/engine/nativeCluster.ts';
import { post } from '../../support/door.ts';
import { cpuOfTree } from '../../support/cpuTime.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { isUnstable, median, resultOf, type Result, type Row } from '../row.ts';

const BATCH = 500;
const BATCHES = 6;

let made = 0;
const alerts = () => Array.from({ length: BATCH }, () => ({ key: `ingest-${made++}`, at: Date.now(), kind: 'flood', level: 3, title: 'Ngập sâu 30 cm trên đường Nguyễn Văn Linh', text: 'Nước dâng tại nút giao, xe máy đi chậm.', position: [108.2123, 16.0612] }));

const rate = (rows: number, startedAt: number) => rows / ((performance.now() - startedAt) / 1000);

async function throughDoor(product: Product): Promise<number> {
  const batches = Array.from({ length: BATCHES }, alerts);
  const startedAt = performance.now();
  for (const batch of batches) {
    const results = await post(product.url, 'alert', batch);
    if (results.some(({ status }) => status !== 'accepted')) throw new Error('not every row was accepted');
  }
  return rate(BATCH * BATCHES, startedAt);
}

/** The same rows as one `unnest` per batch into a table with the same key, a position and a body. */
async function rawRows(client: Client): Promise<number> {
  const batches = Array.from({ length: BATCHES }, alerts);
  const startedAt = performance.now();
  for (const batch of batches) {
    await client.query(
      `insert into bench_row (source, key, at, place, body)
       select 'bench', k, to_timestamp(a / 1000.0), st_setsrid(st_makepoint(x, y), 4326), b::jsonb from unnest($1::text[], $2::bigint[], $3::float8[], $4::float8[], $5::text[]) as t (k, a, x, y, b)`,
      [batch.map(({ key }) => key), batch.map(({ at }) => at), batch.map(({ position }) => position[0]), batch.map(({ position }) => position[1]), batch.map((row) => JSON.stringify(row))],
    );
  }
  return rate(BATCH * BATCHES, startedAt);
}

/** Processor time of client, server and database together per thousand rows: it says the same on a busy machine. Units: ms. */
async function costOf(work: () => Promise<number>, rates: number[], costs: number[]): Promise<void> {
  const before = cpuOfTree(process.pid);
  rates.push(await work());
  costs.push((cpuOfTree(process.pid) - before) / ((BATCH * BATCHES) / 1000));
}

/** Rows that the HTTP door accepts for good, in batches, against raw `unnest` into the same PostgreSQL; and on the embedded store. */
export const row: Row = {
  name: 'ingest',
  async measure({ rounds, say }) {
    const results: Result[] = [];
    const embedded = await startProduct();
    const alone: number[] = [];
    await throughDoor(embedded);
    for (let round = 0; round < rounds; round++) alone.push(await throughDoor(embedded));
    await embedded.close();
    results.push(resultOf('ingest.embedded', 'rows/s', alone, { against: 'nothing', aim: 'reported' }));
    const bin = findPostgres();
    if (!bin) {
      say('no PostgreSQL with PostGIS here: ingest.postgres is left out');
      return results;
    }
    const cluster = await startNativeCluster(bin);
    const product = await startProduct({ environment: { DATABASE_URL: cluster.url } });
    const client = new Client({ connectionString: cluster.url });
    try {
      await client.connect();
      await client.query('create table bench_row (source text, key text, at timestamptz, place geometry(point, 4326), body jsonb, primary key (source, key))');
      await throughDoor(product);
      const [door, raw, doorCost, rawCost]: [number[], number[], number[], number[]] = [[], [], [], []];
      for (let round = 0; round < rounds; round++) {
        await costOf(() => throughDoor(product), door, doorCost);
        await costOf(() => rawRows(client), raw, rawCost);
        await costOf(() => rawRows(client), raw, rawCost);
        await costOf(() => throughDoor(product), door, doorCost);
      }
      const halves = [0, 1].map((half) => median(door.filter((_, at) => at % 2 === half)));
      results.push(resultOf('ingest.postgres', 'rows/s', door, { against: 'raw unnest, fsync off for both', peer: median(raw), aim: '≥ 0.5 ×', isUnstable: isUnstable(halves[0]!, halves[1]!) }));
      results.push(resultOf('ingest.postgres.cpu', 'ms/1,000 rows', doorCost, { against: 'raw unnest', peer: median(rawCost), aim: '≤ 2 ×' }));
    } finally {
      await client.end();
      await product.close();
      await cluster.stop();
    }
    return results;
  },
};
