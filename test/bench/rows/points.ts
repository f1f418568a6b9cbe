import { Client } from 'pg';
import { decodeFrame } from '#contract/frame.ts';
import { findPostgres, startNativeCluster } from '../../../server/store/engine/nativeCluster.ts';
import { createFrameColumns } from '../../../server/store/telemetry/frameLayer.ts';
import { isUnstable, median, resultOf, type Result, type Row } from '../row.ts';

const POINTS = 50_000;
const EACH = 10;
/** One tile of zoom 12 over the city. */
const TILE = { z: 12, x: 3279, y: 1862 };

const TILED = `
  select st_asmvt(t, 'points') as tile from (
    select id, st_asmvtgeom(place, st_tileenvelope($1, $2, $3), 4096, 64) as geom from bench_point where place && st_tileenvelope($1, $2, $3)) t`;

const timed = async (work: () => unknown): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

/** 50,000 points of one tile of zoom 12: the picture a screen of this product loads, uncached and cached, against ST_AsMVT of PostGIS. */
export const row: Row = {
  name: 'points',
  async measure({ rounds, say }): Promise<Result[]> {
    const bin = findPostgres();
    if (!bin) {
      say('no PostgreSQL with PostGIS here: points is left out');
      return [];
    }
    const cluster = await startNativeCluster(bin);
    const client = new Client({ connectionString: cluster.url });
    try {
      await client.connect();
      await client.query('create extension postgis');
      await client.query('create table bench_point (id serial primary key, place geometry(point, 3857))');
      await client.query(
        `insert into bench_point (place) select st_setsrid(st_makepoint(st_xmin(e) + (i::bigint * 7919 % 50000) / 50000.0 * (st_xmax(e) - st_xmin(e)), st_ymin(e) + (i::bigint * 104729 % 50000) / 50000.0 * (st_ymax(e) - st_ymin(e))), 3857)
         from generate_series(1, ${POINTS}) i, st_tileenvelope($1, $2, $3) e`,
        [TILE.z, TILE.x, TILE.y],
      );
      await client.query('create index on bench_point using gist (place)');
      await client.query('vacuum analyze bench_point');
      const { rows: places } = await client.query<{ lon: number; lat: number }>('select st_x(p) as lon, st_y(p) as lat from (select st_transform(place, 4326) as p from bench_point) t');
      const columns = createFrameColumns('vehicle', { movesByOffset: true });
      places.forEach(({ lon, lat }, slot) => columns.set(slot, { position: [lon, lat], headingDeg: 0, speedKmh: 0, kind: 1 }));
      columns.settle();
      if (decodeFrame(columns.still(0))?.placed.slot.length !== POINTS) throw new Error('the picture does not hold every point');

      let tileBytes = 0;
      const tile = () => timed(async () => (tileBytes = (await client.query<{ tile: Buffer }>(TILED, [TILE.z, TILE.x, TILE.y])).rows[0]!.tile.length));
      const uncached = () => timed(() => columns.still(0));
      const cached = () => timed(() => columns.keyFrame(0));
      for (const way of [tile, uncached, cached]) await way();
      const [peer, fresh, kept]: [number[], number[], number[]] = [[], [], []];
      for (let n = 0; n < EACH * rounds; n++) {
        peer.push(await tile());
        fresh.push(await uncached());
        kept.push(await cached());
        fresh.push(await uncached());
        peer.push(await tile());
      }
      const halves = [0, 1].map((half) => median(fresh.filter((_, at) => at % 2 === half)));
      return [
        resultOf('points.uncached', 'ms', fresh, { against: 'ST_AsMVT of the same points', peer: median(peer), aim: '≤ 0.25 ×', isUnstable: isUnstable(halves[0]!, halves[1]!) }),
        resultOf('points.cached', 'ms', kept, { against: 'ST_AsMVT of the same points', peer: median(peer), aim: '≤ 0.25 ×' }),
        resultOf('points.bytes', 'KB', [columns.keyFrame(0).length / 1000], { against: 'the tile', peer: tileBytes / 1000, aim: 'reported' }),
      ];
    } finally {
      await client.end();
      await cluster.stop();
    }
  },
};
