import type { ConnectorRun, ConnectorText } from '#contract/connector.ts';
import { okay, type Fault, type Outcome } from '#contract/faults.ts';
import { judge, newestOf } from '../../domain/connector/judge.ts';
import type { ItemChecker } from '../../domain/door/checkItem.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import { createRowMapper } from '../../domain/rows/mapRow.ts';
import type { Row, RowRefusal } from '../../domain/rows/rowRefusal.ts';
import { takeRows } from '../../domain/rows/takeRows.ts';

/** What came of some rows. */
export interface Taken extends Pick<ConnectorRun, 'rows' | 'accepted' | 'duplicates' | 'rejected'> {
  refused: RowRefusal[];
  newestAt: number | null;
}

/** Refusals that are kept of one run. */
export const TOLD_ROWS = 20;
export const NOTHING: Taken = { rows: 0, accepted: 0, duplicates: 0, rejected: 0, refused: [], newestAt: null };

export const plus = (a: Taken, b: Taken): Taken => ({
  rows: a.rows + b.rows,
  accepted: a.accepted + b.accepted,
  duplicates: a.duplicates + b.duplicates,
  rejected: a.rejected + b.rejected,
  refused: [...a.refused, ...b.refused].slice(0, TOLD_ROWS),
  newestAt: a.newestAt === null || (b.newestAt ?? 0) > a.newestAt ? b.newestAt : a.newestAt,
});

export type Intake = (text: ConnectorText, rows: readonly Row[], unreadable: readonly RowRefusal[]) => Promise<Outcome<Taken>>;

/** Judges rows as a whole, then sends the good ones through the door. Fails: SOURCE_MAPPING, SOURCE_ZONE with nothing sent; as the door does. */
export function createIntake({ door, checker, now }: { door: DoorPort; checker: ItemChecker; now(): number }): Intake {
  return async (text, rows, unreadable) => {
    const judged = judge(rows, createRowMapper(text.topic, text.mapping), (item) => checker.check(text.topic, item, now()).fault as Fault | undefined);
    if (judged.fault) return { ok: false, fault: judged.fault };
    const source: Source = { id: text.id, name: text.name, topics: [text.topic], provenance: text.provenance };
    const byRow = new Map(judged.good.map(({ row, item }) => [row, item!]));
    const taken = await takeRows(text.topic, judged.good.map(({ row }) => row), (row) => ({ line: row.line, item: byRow.get(row)! }), (topic, items) => door.ingest(source, topic, items));
    if (!taken.ok) return taken;
    const { accepted, duplicates, refused } = taken.value;
    const all = [...unreadable, ...judged.rows.flatMap(({ refusal }) => (refusal ? [refusal] : [])), ...refused].sort((a, b) => a.line - b.line);
    return okay({ rows: rows.length + unreadable.length, accepted, duplicates, rejected: all.length, refused: all.slice(0, TOLD_ROWS), newestAt: newestOf(judged.good) });
  };
}
