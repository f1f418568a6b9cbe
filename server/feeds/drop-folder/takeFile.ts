import { readFile, stat } from 'node:fs/promises';
import type { Outcome } from '#contract/faults.ts';
import { okay } from '#contract/faults.ts';
import type { TopicName } from '#contract/topics.ts';
import type { FeedDeps } from '../../domain/ports/feeds.ts';
import { createRowMapper } from '../../domain/rows/mapRow.ts';
import { readRows, type RowFormat } from '../../domain/rows/readRows.ts';
import type { RowRefusal } from '../../domain/rows/rowRefusal.ts';
import { takeRows, type TakenRows } from '../../domain/rows/takeRows.ts';
import { decode } from '../../domain/rows/decode.ts';
import { rulesFor } from './sidecar.ts';
import words from './text.vi.json' with { type: 'json' };

/** Forms by how a file's name ends. */
export const FORMATS: ReadonlyMap<string, RowFormat> = new Map([['.csv', 'csv'], ['.geojson', 'geojson'], ['.json', 'json'], ['.ndjson', 'ndjson'], ['.jsonl', 'ndjson']]);

const LARGEST_MIB = 64;

const whole = (code: string, reason: string): Outcome<TakenRows> => okay({ accepted: 0, duplicates: 0, refused: [{ line: 0, field: '', code, reason }] });

/** Sends the rows of one file. Keys come from the rows, so that a file read twice enters once. Fails: as the door does; then the file waits. */
export async function takeFile(file: string, format: RowFormat, topic: TopicName, send: FeedDeps['send']): Promise<Outcome<TakenRows>> {
  const { size } = await stat(file);
  if (size > LARGEST_MIB * 1024 * 1024) return whole('FILE_TOO_LARGE', words.tooLarge.replace('{most}', String(LARGEST_MIB)));
  const rules = rulesFor(file);
  if ('wrong' in rules) return whole('FILE_MAPPING', rules.wrong);
  const { text, isGuess } = decode(await readFile(file));
  const read = readRows(format, text);
  const taken = await takeRows(topic, read.rows, createRowMapper(topic, rules.mapping), send);
  if (!taken.ok) return taken;
  const flags: RowRefusal[] = isGuess ? [{ line: 0, field: '', code: 'FILE_ENCODING', reason: words.guessed }] : [];
  if (read.rows.length === 0 && read.refused.length === 0) flags.push({ line: 0, field: '', code: 'FILE_EMPTY', reason: words.empty });
  const refused = [...read.refused, ...taken.value.refused].sort((a, b) => a.line - b.line);
  return okay({ ...taken.value, refused: [...flags, ...refused] });
}
