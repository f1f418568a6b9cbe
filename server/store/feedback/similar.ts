import type { SimilarReport } from '#contract/citizen.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { nearnessOf } from '../../domain/feedback/similarity.ts';
import type { FeedbackPolicy } from '../../domain/feedback/policy.ts';
import { sees, type Scope } from '../../domain/scope.ts';
import type { Queryable } from '../engine/engine.ts';
import { visibleTo } from '../log/scopeFilter.ts';
import { feedbackTable } from '../topics/feedback.ts';

const DAY_MS = 86_400_000;
const MOST_COMPARED = 300;

/** The index answers where; what is said is compared here, where both engines give the same figure. */
export async function findSimilar(db: Queryable, scope: Scope, id: string, policy: FeedbackPolicy['similar']): Promise<Outcome<SimilarReport[]>> {
  const [stored] = await feedbackTable.read(db, [id]);
  if (!stored || !sees(scope, stored.state.unit, stored.state.ward)) return refused('NOT_FOUND');
  const { state } = stored;
  if (!state.position) return okay([]);
  const seen = visibleTo(scope, 't', 8);
  // A metre on the ground is longer on the Mercator plane, by the secant of the latitude; two per cent more cover its error.
  const reach = (policy.radiusM * 1.02) / Math.cos((state.position[1] * Math.PI) / 180);
  const rows = await db.query(
    `select ${feedbackTable.selects} from feedback t
     where st_dwithin(t.place_3857, st_transform(st_setsrid(st_makepoint($1, $2), 4326), 3857), $3)
       and t.n <> $4 and t.duplicate_of is null and t.state <> 'rejected' and abs(t.reported_at - $5) <= $6 and t.rehearsal is not distinct from $7 and ${seen.sql}
     order by t.n desc limit ${MOST_COMPARED}`,
    [...state.position, reach, feedbackTable.numberOf(id), state.reportedAt, policy.days * DAY_MS, state.rehearsal ?? null, ...seen.params],
  );
  const near = rows.flatMap((row): SimilarReport[] => {
    const other = feedbackTable.toState(row);
    const nearness = nearnessOf(state, other);
    const { service, description, reportedAt } = other;
    return nearness ? [{ id: other.id, service, description, state: other.state, reportedAt, ...nearness }] : [];
  });
  return okay(near.sort((a, b) => b.similarity - a.similarity || a.distanceM - b.distanceM).slice(0, policy.most));
}
