import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startNativeCluster, type NativeCluster } from '../../server/store/engine/nativeCluster.ts';
import { startProduct, type Product } from './product.ts';
import { startRedis, type TestRedis } from './redis.ts';

/** Several servers on one private PostgreSQL and one Redis. */
export interface Site {
  readonly cluster: NativeCluster;
  readonly redis: TestRedis;
  /** Starts one more server; the first one's key is copied to each. */
  add(environment?: Record<string, string>, settings?: { isInspected?: boolean }): Promise<Product>;
  close(): Promise<void>;
}

/** Fails: throws on a machine without PostgreSQL and PostGIS; CI installs them. */
export async function startSite(): Promise<Site> {
  const bin = findPostgres();
  if (!bin) throw new Error('no PostgreSQL with PostGIS on this machine (apt-get install postgresql-15-postgis-3)');
  const [cluster, redis] = await Promise.all([startNativeCluster(bin), startRedis()]);
  const root = mkdtempSync(join(tmpdir(), 'toan-canh-site-'));
  const started: Product[] = [];
  let count = 0;
  return {
    cluster,
    redis,
    async add(environment = {}, settings = {}) {
      const dataFolder = join(root, `server-${++count}`);
      mkdirSync(dataFolder, { mode: 0o700 });
      if (count > 1) copyFileSync(join(root, 'server-1', 'seal.key'), join(dataFolder, 'seal.key'));
      const product = await startProduct({ ...settings, dataFolder, environment: { DATABASE_URL: cluster.url, REDIS_URL: redis.url, ...environment } });
      started.push(product);
      return product;
    },
    async close() {
      await Promise.all(started.map((product) => product.close()));
      await Promise.all([cluster.stop(), redis.close()]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
