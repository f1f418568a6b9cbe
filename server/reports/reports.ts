import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { ReportDetail, ReportKind, ReportState } from '#contract/report.ts';
import type { KeptContent, KeptReport, ReportFormat, ReportsPort } from '../domain/ports/reports.ts';
import { mayReturn, mayWrite, stepAllows, type ReportAct } from '../domain/report/life.ts';
import { isLate, monthOf, stretchOf, weekOf } from '../domain/report/periods.ts';
import { casePolicy } from '../domain/red-case/policy.ts';
import { sees, type Scope } from '../domain/scope.ts';
import { createComposer, periodOf, type ComposeDeps } from './compose.ts';
import { hashOf, provenanceOfRows } from './figures.ts';
import { createReportFiles } from './files.ts';
import { ladderOf } from './ladder.ts';

const TITLES: Record<ReportKind, string> = { weekly: 'Báo cáo tuần', 'monthly-red': 'Báo cáo tháng về cảnh báo ĐỎ', campaign: 'Báo cáo chiến dịch', 'ad-hoc': 'Báo cáo đột xuất', urging: 'Công văn đôn đốc', guidance: 'Công văn hướng dẫn' };
const HAS_DEADLINE = new Set<ReportKind>(['weekly', 'monthly-red']);
const NEEDS_UNIT = new Set<ReportKind>(['urging', 'guidance']);

const provenanceOf = ({ figures }: Pick<KeptContent, 'figures'>) => provenanceOfRows(figures.flatMap(({ provenance }) => (provenance === null ? [] : [{ provenance }])));
const detailOf = ({ rev: _rev, ...report }: KeptReport, { document, figures, texts }: KeptContent): ReportDetail => ({ ...report, document, figures, texts });

/** By its first bytes, whatever its name says. */
const isPdf = (body: Uint8Array): boolean => Buffer.from(body.subarray(0, 5)).toString('latin1') === '%PDF-';

/** Reports and official letters from the data to the record of sending. */
export function createReports(deps: ComposeDeps): ReportsPort {
  const { store, red, clock, settings, units } = deps;
  const { compose, nameOf } = createComposer(deps);
  const files = createReportFiles();

  const withLateness = (report: KeptReport): KeptReport => ({ ...report, isLate: isLate(report.dueAt, report.sent?.at ?? clock.now()) });
  const visible = ({ unit }: ReportState, scope: Scope) => sees(scope, unit, null);
  const list = async (scope: Scope) => (await store.list(scope.units)).map(withLateness);

  const open = async (id: string, scope: Scope): Promise<Outcome<{ report: KeptReport; content: KeptContent }>> => {
    const report = await store.get(id);
    const content = report && visible(report, scope) ? await store.content(id) : undefined;
    return report && content ? okay({ report: withLateness(report), content }) : refused('NOT_FOUND');
  };
  /** Opens a report for an act; `work` gives what it becomes. */
  const change = async (id: string, act: ReportAct, scope: Scope, work: (report: KeptReport, content: KeptContent) => Outcome<{ report: KeptReport; content?: KeptContent }> | Promise<Outcome<{ report: KeptReport; content?: KeptContent }>>): Promise<Outcome<ReportDetail>> => {
    const found = await open(id, scope);
    if (!found.ok) return found;
    const { report, content } = found.value;
    const right = act === 'return' || act === 'receive' ? mayReturn(scope.principal) : mayWrite(scope.principal, report, visible(report, scope));
    if (!right.ok) return right;
    const step = stepAllows(act, report.state);
    if (!step.ok) return step;
    const made = await work(report, content);
    if (!made.ok) return made;
    const kept = await store.change({ ...made.value.report, updatedAt: clock.now() }, made.value.content);
    return kept.ok ? okay(detailOf(withLateness(kept.value), made.value.content ?? content)) : kept;
  };

  return {
    list: async (scope) => ({ at: clock.now(), items: (await list(scope)).map(({ rev: _rev, ...report }) => report), next: null }),
    async get(id, scope) {
      const found = await open(id, scope);
      return found.ok ? okay(detailOf(found.value.report, found.value.content)) : found;
    },
    async calendar(scope) {
      const at = clock.now();
      const reports = await list(scope);
      const thisMonth = monthOf(at, casePolicy.monthlyReport);
      const ahead = [{ kind: 'weekly' as const, period: weekOf(at) }, { kind: 'monthly-red' as const, period: thisMonth }, { kind: 'monthly-red' as const, period: monthOf(thisMonth.to, casePolicy.monthlyReport) }];
      const items = ahead.map(({ kind, period: { label, from, to, dueAt } }) => {
        const report = reports.find((one) => one.kind === kind && one.from === from && one.unit === null);
        return { kind, period: label, from, to, dueAt, reportId: report?.id ?? null, state: report?.state ?? null };
      });
      return { at, items: items.filter(({ dueAt, state }) => dueAt > at || state !== 'sent') };
    },
    async ladder(at, scope) {
      const board = await red.board(scope);
      const period = monthOf(at ?? clock.now(), casePolicy.monthlyReport);
      if (!board.ok) return board;
      return okay(ladderOf(period, board.value, await list(scope), nameOf, settings));
    },
    async make(wish, scope) {
      if (wish.unit !== undefined && !units.has(wish.unit)) return refused('INGEST_UNIT', { pointer: '/unit' });
      if (NEEDS_UNIT.has(wish.kind) && wish.unit === undefined) return refused('REQUEST_BODY', { pointer: '/unit' });
      const unit = wish.unit ?? null;
      const right = mayWrite(scope.principal, { kind: wish.kind, unit }, unit !== null && sees(scope, unit, null));
      if (!right.ok) return right;
      const now = clock.now();
      const campaign = wish.campaign === undefined ? null : ((await store.campaign(wish.campaign)) ?? null);
      if (wish.campaign !== undefined && (!campaign || wish.kind !== 'campaign')) return refused('REQUEST_BODY', { pointer: '/campaign' });
      const period = campaign ? okay(stretchOf(campaign.state.startedAt, Math.min(now, campaign.state.dueAt))) : periodOf(wish, now);
      if (!period.ok) return period;
      const title = wish.title ?? campaign?.state.title ?? TITLES[wish.kind];
      const written = await compose({ kind: wish.kind, unit, title, period: period.value, campaign }, scope, await list(scope));
      if (!written.ok) return written;
      const content: KeptContent = { ...written.value, texts: {} };
      const report = {
        kind: wish.kind, title, campaign: campaign?.state.id ?? null, unit, period: period.value.label, from: period.value.from, to: period.value.to, dueAt: HAS_DEADLINE.has(wish.kind) ? period.value.dueAt : null, isLate: false,
        state: 'draft' as const, provenance: provenanceOf(content), hash: null, createdAt: now, createdBy: scope.principal.name, updatedAt: now, lockedAt: null, lockedBy: null, sent: null, returnReason: null,
      };
      return okay(detailOf(withLateness(await store.add(report, content)), content));
    },
    edit: (id, { texts }, scope) => change(id, 'edit', scope, (report, content) => okay({ report, content: { ...content, texts: { ...content.texts, ...texts } } })),
    renew: (id, scope) =>
      change(id, 'renew', scope, async (report, { texts }) => {
        const { kind, unit, title, from, to, period: label, dueAt } = report;
        const campaign = report.campaign ? ((await store.campaign(report.campaign)) ?? null) : null;
        const period = campaign ? stretchOf(campaign.state.startedAt, Math.min(clock.now(), campaign.state.dueAt)) : { label, from, to, dueAt: dueAt ?? to };
        const written = await compose({ kind, unit, title, period, campaign }, scope, await list(scope));
        if (!written.ok) return written;
        const content = { ...written.value, texts };
        return okay({ report: { ...report, provenance: provenanceOf(content) }, content });
      }),
    lock: (id, scope) =>
      change(id, 'lock', scope, (report, content) => okay({ report: { ...report, state: 'locked', hash: hashOf(content), lockedAt: clock.now(), lockedBy: scope.principal.name } })),
    recordSending: (id, { number, on, recipients, rung = null, signedFile = null }, scope) =>
      change(id, 'send', scope, (report) => {
        if (rung !== null && !settings.ladder.some((one) => one.id === rung)) return refused('REQUEST_BODY', { pointer: '/rung' });
        const at = clock.now();
        return okay({ report: { ...report, state: 'sent', isLate: isLate(report.dueAt, at), sent: { number, on, at, by: scope.principal.name, rung, signedFile, recipients: recipients.map((name) => ({ name, receivedAt: null })) } } });
      }),
    keepSigned: (id, body, scope) =>
      change(id, 'sign', scope, async (report) => {
        if (!isPdf(body)) return refused('REQUEST_MEDIA_TYPE', { pointer: '/file' });
        const signedFile = await store.keepSigned(id, body, scope.principal.name, clock.now());
        return okay({ report: { ...report, sent: report.sent && { ...report.sent, signedFile } } });
      }),
    async signed(id, scope) {
      const found = await open(id, scope);
      if (!found.ok) return found;
      const { sent } = found.value.report;
      const body = sent?.signedFile ? await store.signed(id, sent.signedFile) : undefined;
      return body ? okay({ name: `${id}-da-ky.pdf`, contentType: 'application/pdf', body: Buffer.from(body) }) : refused('NOT_FOUND');
    },
    recordReceipt: (id, recipient, scope) =>
      change(id, 'receive', scope, (report) => {
        if (!report.sent?.recipients.some(({ name }) => name === recipient)) return refused('NOT_FOUND', { pointer: '/recipient' });
        const recipients = report.sent.recipients.map((one) => (one.name === recipient ? { ...one, receivedAt: one.receivedAt ?? clock.now() } : one));
        return okay({ report: { ...report, sent: { ...report.sent, recipients } } });
      }),
    giveBack: (id, reason, scope) => change(id, 'return', scope, (report) => okay({ report: { ...report, state: 'returned', returnReason: reason } })),
    async rows(id, figure, scope) {
      const found = await open(id, scope);
      if (!found.ok) return found;
      const rows = Object.hasOwn(found.value.content.rows, figure) ? found.value.content.rows[figure] : undefined;
      return rows ? okay(rows) : refused('NOT_FOUND');
    },
    async file(id, format: ReportFormat, scope) {
      const found = await open(id, scope);
      if (!found.ok) return found;
      return okay(await files.print(detailOf(found.value.report, found.value.content), found.value.content.rows, format));
    },
  };
}
