import { okay, refused } from '#contract/faults.ts';
import type { ConnectorText } from '#contract/connector.ts';
import { readContent } from '../../../domain/connector/content.ts';
import type { Reader } from '../reader.ts';
import type { FileHouse } from './fileHouse.ts';

/** Largest file taken. Units: bytes. */
const LARGEST_FILE = 200 * 1024 * 1024;

/** A file pattern with `*` and `?`, whatever the case. */
export function matchesPattern(pattern: string, name: string): boolean {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'iu').test(name);
}

/** Files that were not taken as they are now, oldest first; each is one portion. A file that grew while it was read is left for the next look. */
export function createFilesReader(text: Pick<ConnectorText, 'format' | 'items'>, pattern: string, house: FileHouse): Reader {
  return {
    async *read({ isKnown, since, until, signal }) {
      try {
        const listed = await house.list(signal);
        if (!listed.ok) return yield listed;
        const files = listed.value.filter(({ name, changedAt }) => matchesPattern(pattern, name) && changedAt >= since && changedAt <= until).sort((a, b) => a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1));
        for (const { name, bytes, changedAt } of files) {
          const sign = `${bytes}@${changedAt}`;
          if (isKnown(name, sign) || signal.aborted) continue;
          if (bytes > LARGEST_FILE) yield refused('SOURCE_TOO_LARGE', { detail: name });
          else {
            const got = await house.read(name);
            const isHalf = got.ok && got.value.length !== bytes;
            const content = !got.ok ? got : isHalf ? refused('SOURCE_CUT', { detail: name }) : await readContent(text, got.value);
            yield content.ok ? okay({ name, sign, rows: content.value.rows, refused: content.value.refused }) : { ok: false, fault: { ...content.fault, detail: [name, content.fault.detail].filter(Boolean).join(': ') } };
          }
        }
      } finally {
        house.leave();
      }
    },
    close: () => house.leave(),
  };
}
