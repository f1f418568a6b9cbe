import { resolve } from 'node:path';
import Type, { type Static } from 'typebox';
import { Closed } from '#contract/base.ts';
import type { FeedKind } from '../../domain/ports/feeds.ts';
import { createWatch } from './watch.ts';

const Settings = Closed({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Absolute, or inside the data folder. */
  folder: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  /** Units: seconds between two looks. */
  everyS: Type.Optional(Type.Number({ minimum: 0.05, maximum: 3600 })),
  /** How often a file is promised; absent = no promise. Units: hours. */
  promisedEveryH: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 8760 })),
});
type Settings = Static<typeof Settings>;

/** The data folder lies two floors above the folder of a feed. */
const DATA_FOLDER = '../..';

/** Files laid into `<data>/drop/<topic>/`: CSV, GeoJSON, JSON and NDJSON, with `<file>.yaml` or `_mapping.yaml` for other columns. */
export const feed: FeedKind<Settings> = {
  name: 'drop-folder',
  settings: Settings,
  create(deps, { name = 'Thư mục nhận tệp', folder = 'drop', everyS = 2, promisedEveryH }) {
    const watch = createWatch(deps, { name, folder: resolve(deps.folder, DATA_FOLDER, folder), promiseMs: promisedEveryH && promisedEveryH * 3_600_000 });
    let timer: NodeJS.Timeout | undefined;
    let isClosed = false;
    const run = async (): Promise<void> => {
      await watch.look().catch((error: unknown) => deps.log.error({ error: String(error) }, 'the drop folder failed'));
      if (!isClosed) timer = setTimeout(start, everyS * 1000);
    };
    const start = () => {
      looking = run();
    };
    let looking: Promise<void> = run();
    return Promise.resolve({
      health: () => watch.health(),
      async close() {
        isClosed = true;
        clearTimeout(timer);
        await looking;
      },
    });
  },
};
