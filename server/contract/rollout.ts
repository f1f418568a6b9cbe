import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Line, Nullable } from '#contract/base.ts';
import { Bilingual } from '#contract/red.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' });
const Note = Type.String({ maxLength: 1000 });

/** Thí điểm: an area tries a service with a vendor. */
export const PilotPlan = Closed({ area: Line(120), service: Line(64), vendor: Line(60), plannedFrom: Day, plannedTo: Day, beganOn: Nullable(Day), endedOn: Nullable(Day), note: Note });
export type PilotPlan = Static<typeof PilotPlan>;
/** Chia sẻ dữ liệu: one unit gives one dataset. */
export const DataShare = Closed({ unit: Line(200), dataset: Line(200), service: Line(64), every: Line(60), state: Type.Union([Type.Literal('planned'), Type.Literal('agreed'), Type.Literal('connected'), Type.Literal('blocked')]), note: Note });
/** Thiết bị của phòng điều hành. */
export const DeviceLine = Closed({ place: Line(120), kind: Type.Union([Type.Literal('wall'), Type.Literal('wall-pc'), Type.Literal('server'), Type.Literal('network'), Type.Literal('power'), Type.Literal('desk'), Type.Literal('sound'), Type.Literal('other')]), name: Line(200), count: Type.Integer({ minimum: 0, maximum: 100_000 }), working: Type.Integer({ minimum: 0, maximum: 100_000 }), note: Note });
/** Mục sẵn sàng. */
export const ReadinessAnswer = Closed({ state: Type.Union([Type.Literal('done'), Type.Literal('doing'), Type.Literal('missing'), Type.Literal('not-needed')]), dueOn: Nullable(Day), note: Note });
/** Câu khảo sát. */
export const SurveyAnswer = Closed({ answer: Type.String({ maxLength: 2000 }), reuse: Type.Union([Type.Literal('reuse'), Type.Literal('upgrade'), Type.Literal('new'), Type.Literal('none')]) });
/** Kết quả đối chiếu một yêu cầu. */
export const ConformityAnswer = Closed({ result: Type.Union([Type.Literal('met'), Type.Literal('partly'), Type.Literal('unmet'), Type.Literal('untested')]), testedOn: Nullable(Day), note: Note });
/** Lượt dùng, lượt tải do người nhập. */
export const OutreachCount = Closed({ on: Day, channel: Line(120), title: Line(300), what: Type.Union([Type.Literal('reached'), Type.Literal('users'), Type.Literal('downloads')]), count: Type.Integer({ minimum: 0, maximum: 1e9 }) });

/** Bodies of the entries of a roll-out, by kind. */
export const ROLLOUT_BODIES = { pilot: PilotPlan, share: DataShare, device: DeviceLine, readiness: ReadinessAnswer, survey: SurveyAnswer, conformity: ConformityAnswer, outreach: OutreachCount } as const;
export type RolloutBodies = { [K in keyof typeof ROLLOUT_BODIES]: Static<(typeof ROLLOUT_BODIES)[K]> };
export const RolloutKind = Type.Union([Type.Literal('pilot'), Type.Literal('share'), Type.Literal('device'), Type.Literal('readiness'), Type.Literal('survey'), Type.Literal('conformity'), Type.Literal('outreach')]);
export type RolloutKind = Static<typeof RolloutKind>;

const Body = Type.Union([PilotPlan, DataShare, DeviceLine, ReadinessAnswer, SurveyAnswer, ConformityAnswer, OutreachCount]);
/** One entry in one of its revisions. Shape: `rev` 1 is the baseline. */
export const RolloutEntry = Closed({ id: Type.String(), rev: Type.Integer(), body: Body, reason: Type.String(), by: Type.String(), at: EpochMs });
export type RolloutEntry = Static<typeof RolloutEntry>;

/** An entry as it stands beside its baseline. */
export const RolloutLine = Closed({ ...RolloutEntry.properties, baseline: Body });
export type RolloutLine = Static<typeof RolloutLine>;
export const RolloutAnswer = Closed({ at: EpochMs, items: Type.Array(RolloutLine) });
export type RolloutAnswer = Static<typeof RolloutAnswer>;
export const RolloutRevisions = Closed({ items: Type.Array(RolloutEntry) });
export type RolloutRevisions = Static<typeof RolloutRevisions>;

/** `PUT /api/v1/rollout/:kind/:id`. `rev`: the one it changes, 0 for a new entry. A change of an entry needs a reason. */
export const KeepRollout = Closed({ rev: Type.Integer({ minimum: 0 }), reason: Type.String({ maxLength: 500 }), body: Body });
export type KeepRollout = Static<typeof KeepRollout>;

/** How a pilot keeps its plan on a day. Units: `lateDays` against the baseline. */
export const PilotStanding = Closed({ id: Type.String(), state: Type.Union([Type.Literal('planned'), Type.Literal('running'), Type.Literal('late'), Type.Literal('not-started'), Type.Literal('ended')]), isRed: Type.Boolean(), lateDays: Type.Integer(), movedDays: Type.Integer(), revisions: Type.Integer(), plan: PilotPlan, baseline: PilotPlan });
export type PilotStanding = Static<typeof PilotStanding>;
export const PilotsAnswer = Closed({ at: EpochMs, on: Day, items: Type.Array(PilotStanding) });
export type PilotsAnswer = Static<typeof PilotsAnswer>;

/** A line to be answered. `feature` and `proof`: how the product meets a requirement and which test shows it. */
export const FormLine = Closed({ id: Type.String(), group: Bilingual, text: Bilingual, basis: Type.Optional(Type.String()), feature: Type.Optional(Bilingual), proof: Type.Optional(Type.String()) });
export type FormLine = Static<typeof FormLine>;
/** `GET /api/v1/rollout/forms`: the questions as data, and whom to call. */
export const HelpDesk = Closed({ name: Type.String(), phone: Type.String(), email: Type.String(), hours: Type.String() });
export type HelpDesk = Static<typeof HelpDesk>;
export const RolloutForms = Closed({ readiness: Type.Array(FormLine), survey: Type.Array(FormLine), conformity: Type.Array(FormLine), help: Nullable(HelpDesk) });
export type RolloutForms = Static<typeof RolloutForms>;
export const RolloutPaper = Type.Union([Type.Literal('readiness'), Type.Literal('survey'), Type.Literal('conformity')]);
export type RolloutPaper = Static<typeof RolloutPaper>;

/** `GET /api/v1/adoption?from&to`. What is not counted is null, never nought. Units: medians in ms. */
export const AdoptionAnswer = Closed({
  at: EpochMs,
  from: EpochMs,
  to: EpochMs,
  leaders: Closed({ accounts: Type.Integer(), visited: Type.Integer(), visits: Type.Integer(), days: Type.Integer() }),
  staff: Closed({ accounts: Type.Integer(), visited: Type.Integer(), visits: Type.Integer() }),
  decisions: Closed({ made: Type.Integer(), done: Type.Integer() }),
  reds: Closed({ opened: Type.Integer(), closed: Type.Integer(), stillOpen: Type.Integer(), closeMs: Nullable(Type.Number()), simulatedOpened: Type.Integer(), simulatedClosed: Type.Integer() }),
  shifts: Closed({ notes: Type.Integer(), handovers: Type.Integer(), taken: Type.Integer() }),
  training: Closed({ people: Type.Integer(), passed: Type.Integer(), courses: Type.Integer() }),
  weeks: Type.Array(Closed({ week: Type.String(), leaderVisits: Type.Integer(), decisions: Type.Integer(), redsClosed: Type.Integer() })),
});
export type AdoptionAnswer = Static<typeof AdoptionAnswer>;
