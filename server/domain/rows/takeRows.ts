import type { Outcome } from '#contract/faults.ts';
import type { IngestAnswer } from '#contract/http.ts';
import type { TopicName } from '#contract/topics.ts';
import type { RowMapper } from './mapRow.ts';
import { refusedByDoor } from './refusedByDoor.ts';
import type { Row, RowRefusal } from './rowRefusal.ts';

/** What became of the rows of one answer or file. */
export interface TakenRows {
  accepted: number;
  duplicates: number;
  refused: RowRefusal[];
}

const BATCH = 500;

type Send = (topic: TopicName, items: readonly object[]) => Promise<Outcome<IngestAnswer>>;

/** Maps rows and sends them in batches; what the mapper or the door refuses is named by its line. Fails: as the door does; sending again is safe. */
export async function takeRows(topic: TopicName, rows: readonly Row[], mapRow: RowMapper, send: Send): Promise<Outcome<TakenRows>> {
  const taken: TakenRows = { accepted: 0, duplicates: 0, refused: [] };
  for (let start = 0; start < rows.length; start += BATCH) {
    const mapped = rows.slice(start, start + BATCH).map(mapRow);
    const good = mapped.filter((row) => 'item' in row);
    taken.refused.push(...mapped.flatMap((row) => ('refusal' in row ? [row.refusal] : [])));
    if (good.length === 0) continue;
    const answer = await send(topic, good.map(({ item }) => item));
    if (!answer.ok) return answer;
    for (const [index, { status, fault }] of answer.value.results.entries()) {
      if (status === 'accepted') taken.accepted += 1;
      else if (status === 'duplicate') taken.duplicates += 1;
      else taken.refused.push(fault ? refusedByDoor(good[index]?.line ?? 0, fault) : { line: good[index]?.line ?? 0, field: '', code: status, reason: '' });
    }
  }
  taken.refused.sort((a, b) => a.line - b.line);
  return { ok: true, value: taken };
}
