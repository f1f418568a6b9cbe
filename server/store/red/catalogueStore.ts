import type { Catalogue, Validity } from '../../domain/indicator/catalogue.ts';
import type { Tx } from '../engine/engine.ts';

/** A day as a date in Việt Nam, or null for no end. */
const dayOf = (at: number) => (Number.isFinite(at) ? new Date(at + 7 * 3_600_000).toISOString().slice(0, 10) : null);
const valid = ({ fromAt, untilAt }: Validity) => ({ from: dayOf(fromAt), until: dayOf(untilAt) });

/** Puts a catalogue in force: its rules and targets as rows, its whole text of numbers as one version that is never changed. */
export async function writeCatalogue(tx: Tx, catalogue: Catalogue, now: number): Promise<void> {
  const indicators = [...catalogue.indicators.values()];
  const rules = indicators.flatMap(({ code, direction, period, accumulates, reportDueDays, rules: list }) =>
    list.map((rule) => ({ code, direction, period, accumulates, reportDueDays, red: rule.red, amber: rule.amber, low: rule.low, ...valid(rule) })),
  );
  const targets = indicators.flatMap(({ code, targets: byUnit }) => [...byUnit].flatMap(([unit, list]) => list.map((target) => ({ code, unit, value: target.value, ...valid(target) }))));
  await tx.query('delete from indicator_rule');
  await tx.query('delete from indicator_target');
  await tx.query(
    `insert into indicator_rule (code, valid, direction, period, accumulates, report_due_days, red, amber, low)
     select r.code, daterange(r."from", r.until), r.direction, r.period, r.accumulates, r."reportDueDays", r.red, r.amber, r.low
     from json_to_recordset($1::json) as r(code text, "from" date, until date, direction text, period text, accumulates boolean, "reportDueDays" integer, red double precision, amber double precision, low double precision)`,
    [JSON.stringify(rules)],
  );
  await tx.query(
    `insert into indicator_target (code, unit, valid, value) select r.code, r.unit, daterange(r."from", r.until), r.value
     from json_to_recordset($1::json) as r(code text, unit text, "from" date, until date, value double precision)`,
    [JSON.stringify(targets)],
  );
  await tx.query('insert into indicator_catalogue (version, loaded_at, body) values ($1, $2, $3) on conflict do nothing', [
    catalogue.version, now, JSON.stringify({ rules, targets, assignmentRules: catalogue.assignmentRules }),
  ]);
}
