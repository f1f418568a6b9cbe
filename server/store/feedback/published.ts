import { okay, type Outcome } from '#contract/faults.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { PublishedQuery } from '../../domain/ports/citizens.ts';
import type { Queryable } from '../engine/engine.ts';
import { feedbackTable } from '../topics/feedback.ts';

/** Reports by id, or by the time they were made, newest first. Repeats stand behind the report that carries them. */
export async function readPublished(db: Queryable, { ids, services, isOpen, from, to, limit }: PublishedQuery): Promise<Outcome<FeedbackState[]>> {
  const numbers = ids?.map((id) => feedbackTable.numberOf(id) ?? 0);
  const rows = await db.query(
    `select ${feedbackTable.selects} from feedback t
     where t.rehearsal is null and ($1::bigint[] is null or t.n = any($1)) and ($1::bigint[] is not null or (t.duplicate_of is null and t.reported_at between $2 and $3))
       and ($4::text[] is null or t.service = any($4)) and ($5::boolean is null or $5 = (t.state not in ('verified', 'closed', 'rejected')))
     order by t.n desc limit $6`,
    [numbers ?? null, from, to, services ?? null, isOpen ?? null, limit],
  );
  return okay(rows.map(feedbackTable.toState));
}
