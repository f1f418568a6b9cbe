import { expect, test } from 'vitest';
import { okay } from '#contract/faults.ts';
import type { Principal, Role } from '#contract/roles.ts';
import type { CampaignState } from '#contract/topics/campaign.ts';
import type { KeptCampaign, KeptContent, KeptReport, ReportStorePort } from '../domain/ports/reports.ts';
import { scopeOf } from '../domain/scope.ts';
import { createUnits } from '../domain/units/units.ts';
import { createMovableClock } from '../kernel/clock.ts';
import { createReports } from './reports.ts';
import shipped from './settings.vi.json' with { type: 'json' };
import { checkReportSettings } from './settings.ts';
import { board, TEST_AT, testServices } from './testing/facts.ts';

/** A store in memory that keeps what it is given. */
function createMemoryStore(campaign?: KeptCampaign): ReportStorePort {
  const signed = new Map<string, Uint8Array>();
  const reports = new Map<string, { report: KeptReport; content: KeptContent }>();
  return {
    count: async (figures, from, to) => new Map(figures.map((id) => [id, { rows: [], query: `${id}?from=${from}&to=${to}` }])),
    campaign: async (id) => (campaign?.state.id === id ? campaign : undefined),
    list: async (units) => [...reports.values()].map(({ report }) => report).filter(({ unit }) => units === null || (unit !== null && units.has(unit))),
    get: async (id) => reports.get(id)?.report,
    content: async (id) => reports.get(id)?.content,
    async add(report, content) {
      const kept = { ...report, id: `rp-${reports.size + 1}`, rev: 1 };
      reports.set(kept.id, { report: kept, content });
      return kept;
    },
    keepSigned: async (_report, body) => {
      signed.set(`sg-${body.byteLength}`, body);
      return `sg-${body.byteLength}`;
    },
    signed: async (_report, file) => signed.get(file),
    async change(report, content) {
      const kept = { ...report, rev: report.rev + 1 };
      reports.set(kept.id, { report: kept, content: content ?? reports.get(kept.id)!.content });
      return okay(kept);
    },
  };
}

function setup(campaign?: KeptCampaign) {
  const clock = createMovableClock(TEST_AT, () => 0);
  const units = createUnits([{ code: '48', name: 'Đà Nẵng', fullName: 'Thành phố Đà Nẵng', kind: 'province', search: 'da nang' }, { code: 'SM-A', name: 'Sở mẫu A', fullName: 'Sở mẫu A', kind: 'agency', parent: '48', search: 'so mau a' }]);
  const red = { board: async () => okay(board), movement: async (from: number, to: number) => okay({ from, to, cleared: [], new: [], still: [], kept: [], broken: [] }) };
  const reports = createReports({ store: createMemoryStore(campaign), red, units, clock, settings: checkReportSettings(shipped), services: () => testServices });
  const as = (roles: Role[], own: string[] | null = null) => scopeOf({ kind: 'person', id: 'p', name: 'Biên tập', roles, units: own } satisfies Principal, units.subtree);
  return { clock, reports, editor: as(['report-editor']), officer: as(['unit-officer'], ['SM-A']), leader: as(['leader']) };
}

async function made<T>(outcome: Promise<{ ok: true; value: T } | { ok: false; fault: { code: string } }>): Promise<T> {
  const answer = await outcome;
  if (!answer.ok) throw new Error(answer.fault.code);
  return answer.value;
}

test('a report is drafted, written in, locked, recorded as sent; after the lock nothing changes it', async () => {
  const { reports, editor } = setup();
  const draft = await made(reports.make({ kind: 'weekly' }, editor));
  expect(draft).toMatchObject({ state: 'draft', hash: null, isLate: false, period: 'từ 15 giờ 00 ngày 20/11/2026 đến 15 giờ 00 ngày 27/11/2026' });
  await made(reports.edit(draft.id, { texts: { procedures: 'Bốn quy trình' } }, editor));
  expect((await made(reports.renew(draft.id, editor))).texts).toEqual({ procedures: 'Bốn quy trình' });
  expect(await reports.recordSending(draft.id, { number: '1', on: '2026-11-26', recipients: ['UBND'] }, editor)).toMatchObject({ fault: { code: 'STATE_STEP' } });
  const locked = await made(reports.lock(draft.id, editor));
  expect(locked.hash).toMatch(/^[0-9a-f]{64}$/);
  for (const answer of [await reports.edit(draft.id, { texts: { procedures: 'Khác' } }, editor), await reports.renew(draft.id, editor), await reports.lock(draft.id, editor)]) expect(answer).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
  const sent = await made(reports.recordSending(draft.id, { number: '125', on: '2026-11-26', recipients: ['UBND thành phố'] }, editor));
  expect(sent).toMatchObject({ state: 'sent', isLate: false, sent: { number: '125', by: 'Biên tập', recipients: [{ name: 'UBND thành phố', receivedAt: null }] } });
  expect((await made(reports.recordReceipt(draft.id, 'UBND thành phố', editor))).sent?.recipients[0]?.receivedAt).toBe(TEST_AT);
  expect(await reports.recordReceipt(draft.id, 'Ai đó', editor)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
});

test('the file the office signed is kept with what was sent, and only a PDF is', async () => {
  const { reports, editor, officer } = setup();
  const { id } = await made(reports.make({ kind: 'weekly' }, editor));
  await made(reports.lock(id, editor));
  const pdf = Buffer.from('%PDF-1.7 đã ký');
  expect(await reports.keepSigned(id, pdf, editor)).toMatchObject({ fault: { code: 'STATE_STEP' } });
  await made(reports.recordSending(id, { number: '125', on: '2026-11-26', recipients: ['UBND'] }, editor));
  expect(await reports.signed(id, editor)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect(await reports.keepSigned(id, Buffer.from('<html>%PDF-'), editor)).toMatchObject({ fault: { code: 'REQUEST_MEDIA_TYPE', pointer: '/file' } });
  expect(await reports.keepSigned(id, pdf, officer)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect((await made(reports.keepSigned(id, pdf, editor))).sent?.signedFile).toMatch(/^sg-/);
  expect((await made(reports.signed(id, editor))).body.equals(pdf)).toBe(true);
});

test('late at 15:00:00 on Friday, not a second before', async () => {
  for (const [time, isLate] of [['14:59:59', false], ['15:00:00', true]] as const) {
    const { clock, reports, editor } = setup();
    const { id } = await made(reports.make({ kind: 'weekly' }, editor));
    await made(reports.lock(id, editor));
    clock.move({ at: Date.parse(`2026-11-27T${time}+07:00`), rate: 0 });
    expect((await made(reports.recordSending(id, { number: '1', on: '2026-11-27', recipients: ['UBND'] }, editor))).isLate).toBe(isLate);
  }
});

test('rights: a leader reads, an officer writes the monthly report of their unit, nobody else', async () => {
  const { reports, editor, officer, leader } = setup();
  expect(await reports.make({ kind: 'weekly' }, leader)).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await reports.make({ kind: 'weekly' }, officer)).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
  const own = await made(reports.make({ kind: 'monthly-red', unit: 'SM-A' }, officer));
  expect(own.document).toMatchObject({ issuer: 'SỞ MẪU A', position: 'THỦ TRƯỞNG ĐƠN VỊ' });
  const whole = await made(reports.make({ kind: 'weekly' }, editor));
  expect(await reports.get(whole.id, officer)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect((await reports.list(leader)).items).toHaveLength(2);
});

test('the ladder: missing, on time, late, returned; locked is not sent', async () => {
  const { clock, reports, editor, officer } = setup();
  const stateOf = async () => (await made(reports.ladder(TEST_AT, editor))).units.find(({ unit }) => unit === 'SM-A')?.state;
  expect(await stateOf()).toBe('missing');
  const { id } = await made(reports.make({ kind: 'monthly-red', unit: 'SM-A' }, officer));
  await made(reports.lock(id, officer));
  expect(await stateOf()).toBe('missing');
  await made(reports.recordSending(id, { number: '7', on: '2026-11-26', recipients: ['Sở Khoa học và Công nghệ'] }, officer));
  expect(await stateOf()).toBe('late');
  await made(reports.giveBack(id, 'Thiếu nguyên nhân', editor));
  expect(await stateOf()).toBe('returned');
  const all = await made(reports.make({ kind: 'monthly-red' }, editor));
  expect(all.document.sections.map(({ heading }) => heading)).toEqual(['1. Tình hình chuyển biến', '2. Kết quả thực hiện', '3. Đề xuất, kiến nghị (nếu có)', 'Tình hình nộp báo cáo của các đơn vị']);
  expect(JSON.stringify(all.document)).toContain('bị trả lại');
  await made(reports.lock(all.id, editor));
  clock.move({ at: clock.now() + 1000, rate: 0 });
  await made(reports.recordSending(all.id, { number: '8', on: '2026-11-26', recipients: ['UBND thành phố'], rung: 'people-committee' }, editor));
  const { rungs } = await made(reports.ladder(TEST_AT, editor));
  expect(rungs.map(({ id: rung, sentAt }) => [rung, sentAt !== null])).toEqual([['department', false], ['people-committee', true], ['committee-party-standing', false], ['city-party-standing', false], ['office', false]]);
  expect(rungs.at(-1)).toMatchObject({ isSupport: true });
});

test('refused: a letter to nobody, an unknown unit, an end before the beginning, settings without an issuer', async () => {
  const { reports, editor } = setup();
  expect(await reports.make({ kind: 'urging' }, editor)).toMatchObject({ fault: { pointer: '/unit' } });
  expect(await reports.make({ kind: 'urging', unit: 'KHONG-CO' }, editor)).toMatchObject({ fault: { code: 'INGEST_UNIT' } });
  expect(await reports.make({ kind: 'campaign', from: 10, to: 5 }, editor)).toMatchObject({ fault: { pointer: '/to' } });
  expect(() => checkReportSettings({ ...shipped, issuer: '' })).toThrow('/issuer');
});

test('the report of a campaign is written from what it found: by unit, by day, and who is accountable at the deadline', async () => {
  const DAY = 86_400_000;
  const thing = (n: number, unit: string, doneAt: number | null) => ({ thing: `hr-${n}`, unit, title: `Việc ${n}`, dueAt: TEST_AT - DAY, doneAt, provenance: 'simulated' as const, responsible: { position: 'Trưởng phòng', name: 'Tài khoản mẫu' } });
  const state = { id: 'cp-1', title: 'Đợt cao điểm', state: 'ended', startedAt: TEST_AT - 20 * DAY, dueAt: TEST_AT - 1000, total: 3, left: 1, burnDown: [{ at: TEST_AT - 20 * DAY, left: 3 }, { at: TEST_AT - 5 * DAY, left: 1 }] } as unknown as CampaignState;
  const { reports, editor } = setup({ state, things: [thing(1, 'SM-A', null), thing(2, 'SM-A', TEST_AT - 5 * DAY), thing(3, '48', TEST_AT - 5 * DAY)] });
  expect(await reports.make({ kind: 'campaign', campaign: 'cp-9' }, editor)).toMatchObject({ fault: { pointer: '/campaign' } });
  expect(await reports.make({ kind: 'weekly', campaign: 'cp-1' }, editor)).toMatchObject({ fault: { pointer: '/campaign' } });
  const { id, title, from, to, figures, document } = await made(reports.make({ kind: 'campaign', campaign: 'cp-1' }, editor));
  expect({ title, from, to }).toEqual({ title: 'Đợt cao điểm', from: state.startedAt, to: state.dueAt });
  expect(figures).toMatchObject([{ id: 'campaign-left', text: '1/3 (33,3 %)', provenance: 'simulated' }]);
  const [units, course, accountable] = document.sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === 'table');
  expect(units!.rows).toEqual([['1', 'Sở mẫu A', '2', '1/2 (50,0 %) (MÔ PHỎNG)'], ['2', 'Thành phố Đà Nẵng', '1', '0/1 (0,0 %) (MÔ PHỎNG)']]);
  expect(course!.rows.map(([, left, even]) => [left, even])).toEqual([['3', '3'], ['1', '1']]);
  expect(accountable).toMatchObject({ caption: 'Danh sách chịu trách nhiệm khi hết hạn', rows: [['1', 'Sở mẫu A', 'Việc 1 (MÔ PHỎNG)', expect.any(String), 'Trưởng phòng, Tài khoản mẫu']] });
  expect((await made(reports.renew(id, editor))).figures).toMatchObject([{ id: 'campaign-left' }]);
});

test('every format has something in it, and the rows behind a figure can be read', async () => {
  const { reports, editor } = setup();
  const { id, figures } = await made(reports.make({ kind: 'weekly' }, editor));
  const red = figures.find((figure) => figure.id === 'red-now');
  expect(red).toMatchObject({ count: 1, provenance: 'simulated', query: '/api/v1/red/board' });
  expect(await made(reports.rows(id, 'red-now', editor))).toMatchObject([{ unit: 'SM-A', provenance: 'simulated' }]);
  const heads = await Promise.all((['pdf', 'docx', 'xlsx', 'csv'] as const).map(async (format) => (await made(reports.file(id, format, editor))).body.subarray(0, 4).toString('latin1')));
  expect(heads).toEqual(['%PDF', 'PK\u0003\u0004', 'PK\u0003\u0004', '\u00ef\u00bb\u00bfS']);
  const csv = (await made(reports.file(id, 'csv', editor))).body.toString();
  expect(csv.split('\r\n')[1]).toMatch(/Tỷ lệ giải ngân vốn đầu tư công,MÔ PHỎNG$/);
});
