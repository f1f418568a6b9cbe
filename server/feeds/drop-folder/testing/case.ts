import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FeedCase } from '../../testing/feedCase.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.csv`, import.meta.url));

/** Reports of citizens laid into the drop folder; the folder itself may go away. */
export const feedCase: FeedCase = {
  badRows: 5,
  goodRowsBesideBad: 1,
  promiseMs: 3_600_000,
  async open({ folder }) {
    const drop = resolve(folder, '../../drop');
    let files = 0;
    return {
      settings: { everyS: 0.05, promisedEveryH: 1 },
      async offer(content) {
        const target = join(drop, 'feedback', `${content}-${++files}.csv`);
        await rm(drop, { force: true, recursive: false }).catch(() => undefined);
        await mkdir(dirname(target), { recursive: true });
        await copyFile(fixture(content), `${target}.part`);
        await rename(`${target}.part`, target);
      },
      async cut() {
        await rm(drop, { recursive: true });
        await writeFile(drop, 'a file stands where the folder was');
      },
      close: async () => undefined,
    };
  },
};
