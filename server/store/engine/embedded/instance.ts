import { pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { postgis } from '@electric-sql/pglite-postgis';

/** How the engine reports an ordinary SQL error to its own main loop; every other thrown value is an exception it lost. */
const ORDINARY_ERROR = 'unwind';

/** UTC as on a server. The log of changes stays small: each snapshot copies it, and only a checkpoint of ours shortens it. */
const SETTINGS = ['timezone=UTC', 'max_wal_size=128MB', 'min_wal_size=32MB', 'wal_recycle=off'];

/** What the guard reads of the engine's own module. */
interface EngineModule {
  _PostgresMainLoopOnce(): void;
  ___cxa_uncaught_exceptions(): number;
}

const withBundle = (bundle: string): typeof postgis => ({ ...postgis, setup: async (...given) => ({ ...(await postgis.setup(...given)), bundlePath: pathToFileURL(bundle) }) });

export interface Instance {
  /** Runs wire messages to their end. `lost` is set when an exception left the engine without an error to the client. */
  run(batch: Buffer): { output: Buffer; lost: string | undefined };
  isInTransaction(): boolean;
  versions(): Promise<{ server: string; postgis: string }>;
  close(): Promise<void>;
}

/** `bundle`: a file with the part of PostGIS that is used. */
export async function openInstance(folder: string, bundle: string | undefined): Promise<Instance> {
  const startParams = [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])];
  const db = await PGlite.create(folder, { extensions: { postgis: bundle === undefined ? postgis : withBundle(bundle), pg_trgm, unaccent, btree_gist }, startParams });
  const module = db.Module as unknown as EngineModule;
  const runLoopOnce = module._PostgresMainLoopOnce;
  let lost: string | undefined;
  module._PostgresMainLoopOnce = () => {
    try {
      runLoopOnce();
    } catch (thrown) {
      if (thrown !== ORDINARY_ERROR) lost = thrown instanceof Error ? thrown.message : `C++ exception ${String(thrown)}`;
      throw thrown;
    }
  };

  return {
    run(batch) {
      lost = undefined;
      const uncaught = module.___cxa_uncaught_exceptions();
      const chunks: Buffer[] = [];
      void db.execProtocolRawStream(batch, { syncToFs: false, onRawData: (bytes) => chunks.push(Buffer.from(bytes)) });
      if (module.___cxa_uncaught_exceptions() > uncaught) lost ??= 'C++ exception inside a block';
      return { output: Buffer.concat(chunks), lost };
    },
    isInTransaction: () => db.isInTransaction(),
    async versions() {
      const { rows } = await db.query<{ server: string; postgis: string | null }>(
        `select current_setting('server_version') as server, (select extversion from pg_extension where extname = 'postgis') as postgis`,
      );
      return { server: rows[0]!.server, postgis: rows[0]!.postgis ?? '' };
    },
    close: () => db.close(),
  };
}
