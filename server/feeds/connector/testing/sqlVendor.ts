import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgres, startNativeCluster } from '../../../store/engine/nativeCluster.ts';

/** A vendor that keeps a view for us in its PostgreSQL, with an account that may only read. */
export interface SqlVendor {
  port: number;
  /** As the vendor's own people, who may do all. */
  query(sql: string, values?: unknown[]): Promise<pg.QueryResult>;
  /** One more row of the view; its time is of Việt Nam, without a zone, as offices keep it. */
  add(n: number, minutesAgo: number): Promise<unknown>;
  /** Kills the database as a power switch would and starts it again. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export const SQL_ACCOUNT = { user: 'ioc_doc', password: 'chi-duoc-doc-2026', view: 'chia_se.ngap' };

/** The cluster listens on a socket of its own folder; a vendor's stands on the network. */
async function onNetwork(socket: string): Promise<Server> {
  const server = createServer((client) => {
    const database = connect(socket);
    for (const end of [client, database]) end.on('error', () => [client, database].forEach((one) => one.destroy()));
    client.pipe(database).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export async function startSqlVendor(): Promise<SqlVendor> {
  const bin = findPostgres();
  if (!bin) throw new Error('no PostgreSQL with PostGIS on this machine (apt-get install postgresql-15-postgis-3)');
  const cluster = await startNativeCluster(bin);
  const signIn = async () => {
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    return client;
  };
  let owner = await signIn();
  const { rows } = await owner.query<{ hba_file: string }>('show hba_file');
  const [{ hba_file: rules }] = rows as [{ hba_file: string }];
  writeFileSync(rules, `local all postgres trust\nlocal all all scram-sha-256\n${readFileSync(rules, 'utf8')}`);
  await owner.query(`
    select pg_reload_conf();
    create schema chia_se;
    create table chia_se.tram (ma text, luc timestamp, noi_dung text, muc int, kinh_do float8, vi_do float8);
    create view ${SQL_ACCOUNT.view} as select * from chia_se.tram;
    create role ${SQL_ACCOUNT.user} login password '${SQL_ACCOUNT.password}';
    grant usage on schema chia_se to ${SQL_ACCOUNT.user};
    grant select on ${SQL_ACCOUNT.view} to ${SQL_ACCOUNT.user};`);
  const network = await onNetwork(join(decodeURIComponent(/host=(.*)/.exec(cluster.url)![1]!), '.s.PGSQL.5432'));
  return {
    port: (network.address() as AddressInfo).port,
    query: (sql, values) => owner.query(sql, values),
    add: (n, minutesAgo) => owner.query(`insert into chia_se.tram values ($1, (now() at time zone 'Asia/Ho_Chi_Minh') - make_interval(mins => $2), $3, 2, 108.21, 16.06)`, [`T${n}`, minutesAgo, `Ngập tại điểm ${n}`]),
    async crash() {
      await owner.end();
      await cluster.crash();
      owner = await signIn();
    },
    async close() {
      await owner.end();
      network.close();
      await cluster.stop();
    },
  };
}
