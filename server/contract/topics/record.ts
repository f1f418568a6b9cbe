import Type, { type Static, type TSchema } from 'typebox';
import { Closed, EpochMs, Id, itemBase, Line, MessageKey, Nullable, Position, Provenance, UnitCode } from '#contract/base.ts';
import { defineTopic } from '#contract/topic.ts';

/** What every record of the register shows beside its own fields (`values`). */
const recordState = <V extends TSchema>(values: V) =>
  Closed({
    id: Id,
    ref: MessageKey,
    source: Type.String(),
    unit: Nullable(UnitCode),
    ward: Nullable(UnitCode),
    position: Nullable(Position),
    provenance: Provenance,
    at: EpochMs,
    receivedAt: EpochMs,
    /** The rehearsal that made it; what carries one never counts in figures. */
    rehearsal: Type.Optional(Nullable(Id)),
    values,
  });

const code = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' });
const count = Type.Integer({ minimum: 0, maximum: 1e9 });

/** Value of an indicator (chỉ tiêu) for one unit and one period. `period`: yyyy, yyyy-Qn, yyyy-mm, yyyy-Www or yyyy-mm-dd. */
export const IndicatorValues = Closed({
  code,
  period: Type.String({ pattern: '^\\d{4}(-(Q[1-4]|\\d{2}|W\\d{2}|\\d{2}-\\d{2}))?$' }),
  value: Nullable(Type.Number({ minimum: -1e15, maximum: 1e15 })),
});

/** Dossiers (hồ sơ) of one procedure in one unit on one day. */
export const DossierValues = Closed({
  procedure: code,
  day,
  received: count,
  onTime: count,
  overdue: count,
  level: Type.Optional(Type.Union([Type.Literal('province'), Type.Literal('commune')])),
});

/** An assignment (nhiệm vụ) and the directive it comes from. */
export const AssignmentValues = Closed({
  title: Line(300),
  directive: Type.Optional(Line(120)),
  dueAt: EpochMs,
  progress: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  done: Type.Optional(Type.Boolean()),
  startAt: Type.Optional(EpochMs),
  blocked: Type.Optional(Line(1000)),
  milestones: Type.Optional(Type.Array(Closed({ title: Line(300), dueAt: EpochMs, done: Type.Optional(Type.Boolean()) }), { maxItems: 100 })),
});

/** An official document (văn bản). */
export const DocumentValues = Closed({
  number: Line(120),
  issuedOn: day,
  issuer: Line(200),
  title: Line(500),
  direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
});

/** One act of outreach (phổ biến, tuyên truyền). */
export const OutreachValues = Closed({ channel: Line(120), title: Line(300), reached: Type.Optional(count) });

/** One event of network information security (an toàn thông tin mạng). */
export const SecurityEventValues = Closed({
  kind: code,
  severity: Type.Integer({ minimum: 1, maximum: 4 }),
  asset: Line(200),
  text: Type.Optional(Line(2000)),
});

const record = <N extends string, P extends Record<string, TSchema>>(name: N, prefix: string, values: Type.TObject<P>, example: object) =>
  defineTopic({
    name,
    delivery: 'logged' as const,
    prefix,
    item: Closed({ ...itemBase, ...values.properties }),
    state: recordState(values),
    example: { key: `example-${name}-1`, at: 0, ...example },
  });

export const indicatorTopic = record('indicator', 'in', IndicatorValues, { unit: '20242', code: 'KTXH-01', period: '2026-10', value: 87.5 });
export const dossierTopic = record('dossier', 'do', DossierValues, { unit: '20242', procedure: 'TTHC-01', day: '2026-10-01', received: 40, onTime: 37, overdue: 3 });
export const assignmentTopic = record('assignment', 'as', AssignmentValues, { unit: '20242', title: 'Hoàn thành quy trình xử lý phản ánh hiện trường', dueAt: 4102444800000, progress: 40 });
export const documentTopic = record('document', 'dc', DocumentValues, { number: '12/TB-VP', issuedOn: '2026-10-01', issuer: 'Văn phòng', title: 'Thông báo kết luận cuộc họp giao ban', direction: 'in' });
export const outreachTopic = record('outreach', 'ou', OutreachValues, { channel: 'Tổ dân phố', title: 'Hướng dẫn gửi phản ánh hiện trường', reached: 120 });
export const securityEventTopic = record('security-event', 'sv', SecurityEventValues, { kind: 'malware', severity: 2, asset: 'Máy trạm bộ phận một cửa' });

/** The public state of an indicator value. */
export type IndicatorState = Static<typeof indicatorTopic.state>;
