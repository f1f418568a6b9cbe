import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FeedCase } from '../../testing/feedCase.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.csv`, import.meta.url));

/** Reports of citizens laid into the drop folder; a file may stand where the folder was. */
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
        if (existsSync(drop) && statSync(drop).isFile()) rmSync(drop);
        mkdirSync(dirname(target), { recursive: true });
        copyFileSync(fixture(content), `${target}.part`);
        renameSync(`${target}.part`, target);
      },
      async cut() {
        renameSync(drop, `${drop}-away`);
        writeFileSync(drop, '');
      },
      close: async () => undefined,
    };
  },
};
