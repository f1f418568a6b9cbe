import { createHash } from 'node:crypto';
import { okay, refused } from '#contract/faults.ts';
import type { KeptCampaign, KeptContent, KeptReport, ReportStorePort } from '../../domain/ports/reports.ts';
import type { Engine, Queryable, ReadStore } from '../engine/engine.ts';
import { campaignTable } from '../topics/campaign.ts';
import { countFigure, readFigureQueries } from './figureQueries.ts';

interface ReportRow {
  n: number;
  rev: number;
  body: Omit<KeptReport, 'id' | 'rev'>;
}

const COLUMNS = 'n, rev, body';
const MOST_LISTED = 500;

const reportOf = ({ n, rev, body }: ReportRow): KeptReport => ({ ...body, id: `rp-${n}`, rev });
const numberOf = (id: string): number | undefined => (/^rp-[1-9]\d{0,9}$/.test(id) ? Number(id.slice('rp-'.length)) : undefined);
const bodyOf = ({ id: _id, rev: _rev, ...body }: KeptReport): ReportRow['body'] => body;

async function rewrite(db: Queryable, report: KeptReport, content: KeptContent | undefined): Promise<ReportRow[]> {
  return db.query<ReportRow>(
    `update report set rev = rev + 1, state = $3, hash = $4, body = $5, content = coalesce($6, content)
     where n = $1 and rev = $2 returning ${COLUMNS}`,
    [numberOf(report.id), report.rev, report.state, report.hash, JSON.stringify(bodyOf(report)), content === undefined ? null : JSON.stringify(content)],
  );
}

/** Short enough for an id of the wire. */
const signedIdOf = (sha256: string): string => `sg-${sha256.slice(0, 40)}`;

/** Reports on the store; their figures are counted by `reader`. What is locked is kept by the schema, whoever asks. */
export function createReportStore({ engine, reader = engine }: { engine: Engine; reader?: ReadStore }): ReportStorePort {
  const queries = readFigureQueries();
  return {
    count: (figures, from, to, units) =>
      reader.tx(
        async (tx) => {
          const counted = new Map();
          for (const figure of figures) counted.set(figure, await countFigure(tx, queries, figure, from, to, units));
          return counted;
        },
        { isolation: 'repeatable read', readOnly: true },
      ),
    async campaign(id) {
      const [stored] = await campaignTable.read(engine, [id]);
      if (!stored) return undefined;
      const things = await engine.query<KeptCampaign['things'][number]>(
        'select thing, unit, title, due_at as "dueAt", done_at as "doneAt", provenance, responsible from campaign_thing where campaign = $1 order by unit, due_at, thing', [campaignTable.numberOf(id)],
      );
      return { state: stored.state, things };
    },
    async keepSigned(report, body, by, at) {
      const sha256 = createHash('sha256').update(body).digest('hex');
      await engine.query(`insert into report_signed (report, sha256, body, kept_by, kept_at) values ($1, $2, decode($3, 'base64'), $4, $5) on conflict do nothing`, [numberOf(report) ?? 0, sha256, Buffer.from(body).toString('base64'), by, at]);
      return signedIdOf(sha256);
    },
    async signed(report, file) {
      const [row] = await engine.query<{ text: string }>(`select encode(body, 'base64') as text from report_signed where report = $1 and 'sg-' || left(sha256, 40) = $2`, [numberOf(report) ?? 0, file]);
      return row && Buffer.from(row.text, 'base64');
    },
    async list(units) {
      const rows = await engine.query<ReportRow>(
        `select ${COLUMNS} from report where $1::text[] is null or unit = any($1) order by n desc limit ${MOST_LISTED}`,
        [units === null ? null : [...units]],
      );
      return rows.map(reportOf);
    },
    async get(id) {
      const n = numberOf(id);
      if (n === undefined) return undefined;
      const [row] = await engine.query<ReportRow>(`select ${COLUMNS} from report where n = $1`, [n]);
      return row && reportOf(row);
    },
    async content(id) {
      const [row] = await engine.query<{ content: KeptContent }>('select content from report where n = $1', [numberOf(id)]);
      return row?.content;
    },
    async add(report, content) {
      const { kind, state, unit, from, to, hash } = report;
      const [row] = await engine.query<ReportRow>(
        `insert into report (kind, state, unit, period_from, period_to, hash, body, content) values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${COLUMNS}`,
        [kind, state, unit, from, to, hash, JSON.stringify(report), JSON.stringify(content)],
      );
      if (!row) throw new Error('an insert gave no row');
      return reportOf(row);
    },
    async change(report, content) {
      const [row] = await rewrite(engine, report, content);
      return row ? okay(reportOf(row)) : refused('STATE_CONFLICT');
    },
  };
}
