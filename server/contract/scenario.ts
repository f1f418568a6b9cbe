import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, MessageKey, Nullable, Position, UnitCode } from '#contract/base.ts';
import { MapCamera, Name, Words } from '#contract/wall.ts';

const oneOf = <W extends string>(...words: W[]) => Type.Unsafe<W>(Type.Union(words.map((word) => Type.Literal(word))));

/** What a scenario may send through the ingest door. */
export const InjectTopic = oneOf('alert', 'feedback', 'sensor', 'vehicle', 'indicator', 'dossier', 'handling-request', 'document', 'security-event');
export type InjectTopic = Static<typeof InjectTopic>;

const Second = Type.Integer({ minimum: 0, maximum: 14_400 });
const Settings = Type.Record(Type.String(), Type.Unknown());
const Refs = Type.Array(MessageKey, { minItems: 1, maxItems: 64 });

/** One item spread over time and place by the scenario's seed. Units: seconds, metres. */
export const Scatter = Closed({
  count: Type.Integer({ minimum: 1, maximum: 500 }),
  overS: Second,
  withinM: Type.Optional(Type.Integer({ minimum: 0, maximum: 50_000 })),
  /** Field of the item → the values it takes in turn of chance. */
  vary: Type.Optional(Type.Record(Type.String(), Type.Array(Type.Unknown(), { minItems: 1, maxItems: 60 }))),
});

/**
 * What is sent, as the door takes it but without `key`, `at` and `provenance`: the run gives them. `afterS` counts from the step.
 * A field that ends in `InS` becomes the field `…At` so many seconds later; `=day`, `=month` with `-1` or `+2` behind become dates.
 */
export const Inject = Closed({
  topic: InjectTopic,
  ref: MessageKey,
  afterS: Type.Optional(Second),
  item: Type.Record(Type.String(), Type.Unknown()),
  scatter: Type.Optional(Scatter),
});
export type Inject = Static<typeof Inject>;

/** A thing that was sent has reached one of these states, as operators bring it there. */
export const Condition = Closed({
  topic: Type.Union([Type.Literal('alert'), Type.Literal('feedback'), Type.Literal('handling-request')]),
  /** The `ref` of an inject; for a handling request the `ref` of the alert or report it is about. */
  ref: MessageKey,
  state: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 10 }),
  /** Only in the hands of one of these units. */
  units: Type.Optional(Type.Array(UnitCode, { minItems: 1, maxItems: 40 })),
});
export type Condition = Static<typeof Condition>;

const LeastScore = Type.Optional(Type.Number({ minimum: 0, maximum: 100 }));
/** Least data quality (đúng, đủ, sạch, sống). Units: 0 to 100. */
export const LeastQuality = Closed({ correct: LeastScore, complete: LeastScore, clean: LeastScore, live: LeastScore });

/** Data a scenario or a step stands on; looked up before the meeting. Units: metres, seconds. */
export const Need = Closed({
  what: oneOf('cameras', 'indicators', 'units', 'sensors', 'feedback', 'alerts', 'dossiers', 'documents', 'handling-requests', 'security-events', 'cases', 'vehicles'),
  name: Words,
  least: Type.Integer({ minimum: 1, maximum: 10_000 }),
  near: Type.Optional(Position),
  withinM: Type.Optional(Type.Integer({ minimum: 10, maximum: 50_000 })),
  refs: Type.Optional(Refs),
  codes: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 64 })),
  kinds: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 20 })),
  /** Oldest the newest of them may be. */
  freshS: Type.Optional(Type.Integer({ minimum: 1, maximum: 31_536_000 })),
  /** Least scores of the indicators in `codes`, or of every source when no codes are named; what can not be measured falls short. */
  quality: Type.Optional(LeastQuality),
});
export type Need = { what: NeedKind; name: Words; least: number; near?: Position; withinM?: number; refs?: string[]; codes?: string[]; kinds?: string[]; freshS?: number; quality?: Static<typeof LeastQuality> };
export type NeedKind = 'cameras' | 'indicators' | 'units' | 'sensors' | 'feedback' | 'alerts' | 'dossiers' | 'documents' | 'handling-requests' | 'security-events' | 'cases' | 'vehicles';

/** What a tile shows instead of what the scene says. `$thing:<ref>` in the settings becomes the id of what was sent, `$camera:<ref>` that of a camera. */
export const Put = Closed({ widget: Name, settings: Type.Optional(Settings), title: Type.Optional(Words) });
export type Put = Static<typeof Put>;

/** Cameras for one tile, by their `ref` or around a place; the nearest however far without `withinM`. Units: metres. */
export const CameraChoice = Closed({ tile: Type.String({ maxLength: 64 }), near: Type.Optional(Position), withinM: Type.Optional(Type.Integer({ minimum: 10, maximum: 50_000 })), refs: Type.Optional(Refs), most: Type.Integer({ minimum: 1, maximum: 12 }) });
export type CameraChoice = { tile: string; near?: Position; withinM?: number; refs?: string[]; most: number };

/** Something that should be seen after a step: to be ticked by what operators did, worth points in training. */
export const Check = Closed({ id: Name, says: Words, when: Condition, withinS: Type.Integer({ minimum: 1, maximum: 7200 }), points: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) });
export type Check = Static<typeof Check>;

/** What is shown when the data of a step is missing or its condition did not come. */
export const Fallback = Closed({ scene: Type.Optional(Name), put: Type.Optional(Type.Record(Type.String(), Put)), narration: Words });

/** One step. `at` is its place on the scenario's own clock; `on` says whether it comes by time, by the presenter, or when something holds. Units: seconds, ms. */
export const Step = Closed({
  id: Name,
  at: Second,
  on: Type.Optional(Type.Union([Type.Literal('time'), Type.Literal('next'), Type.Literal('condition')])),
  when: Type.Optional(Condition),
  withinS: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600 })),
  chapter: Type.Optional(Words),
  scene: Name,
  put: Type.Optional(Type.Record(Type.String(), Put)),
  cameras: Type.Optional(CameraChoice),
  look: Type.Optional(MapCamera),
  moveMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  layers: Type.Optional(Type.Record(Type.String(), Type.Boolean())),
  spotlight: Type.Optional(Type.String({ maxLength: 64 })),
  narration: Words,
  notes: Words,
  inject: Type.Optional(Type.Array(Inject, { maxItems: 40 })),
  checks: Type.Optional(Type.Array(Check, { maxItems: 10 })),
  needs: Type.Optional(Type.Array(Need, { maxItems: 10 })),
  fallback: Type.Optional(Fallback),
  /** What is shown on the customer's own data, where nothing is sent and a made-up story would be untrue. */
  onRealData: Type.Optional(Fallback),
});
export type Step = Omit<Static<typeof Step>, 'look' | 'needs' | 'cameras'> & { look?: MapCamera; needs?: Need[]; cameras?: CameraChoice };

/** A scenario (kịch bản) as people write it. */
export const Scenario = Closed({
  schema: Type.Literal(1),
  id: Name,
  name: Words,
  summary: Words,
  kind: Type.Union([Type.Literal('show'), Type.Literal('briefing'), Type.Literal('training')]),
  goals: Type.Array(Words, { minItems: 1, maxItems: 8 }),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  /** The hour the story begins at, and how long it is. */
  clock: Closed({ starts: Type.String(), lengthS: Type.Integer({ minimum: 20, maximum: 14_400 }) }),
  needs: Type.Optional(Type.Array(Need, { maxItems: 20 })),
  /** Points from which a training counts as passed. */
  passAt: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  steps: Type.Array(Step, { minItems: 2, maxItems: 120 }),
});
export type Scenario = Omit<Static<typeof Scenario>, 'steps' | 'needs'> & { steps: Step[]; needs?: Need[] };

/** Where a run is. `waiting`: at a step that comes by hand or by a condition. */
export const RunPhase = Type.Union([Type.Literal('running'), Type.Literal('waiting'), Type.Literal('paused'), Type.Literal('ended'), Type.Literal('removed')]);
export type RunPhase = Static<typeof RunPhase>;

/** One need as found before or at the start. */
export const NeedFound = Closed({ step: Nullable(Name), /** Of the step, for people. */ chapter: Nullable(Words), name: Words, what: Type.String(), least: Type.Integer(), found: Type.Integer(), isMet: Type.Boolean(), isStale: Type.Boolean(), hasFallback: Type.Boolean(), /** Whose data quality falls short, and by which scores. */ short: Type.Optional(Type.Array(Closed({ id: Type.String(), scores: Type.Array(Type.String()) }))) });
export type NeedFound = Static<typeof NeedFound>;

/** A tile that would stay empty at a step. */
export const EmptyTile = Closed({ step: Name, chapter: Words, tile: Words });
export type EmptyTile = Static<typeof EmptyTile>;

/** A step that tells of something made up. On real data it is told otherwise, or the wall says that it is made up. */
export const MadeUpStep = Closed({ step: Name, chapter: Words });
export type MadeUpStep = Static<typeof MadeUpStep>;

/** Whether a scenario can be shown now and what would be empty. `isBarred`: data below the least quality it declares; it begins only with a waiver. */
export const Preflight = Closed({ scenario: Name, wall: Name, at: EpochMs, isReady: Type.Boolean(), isBarred: Type.Boolean(), needs: Type.Array(NeedFound), emptyTiles: Type.Array(EmptyTile), madeUp: Type.Array(MadeUpStep) });
export type Preflight = Static<typeof Preflight>;

/** Who let a scenario begin with data below its minimum, why, and what fell short. */
export const ScenarioWaiver = Closed({ by: Type.String(), at: EpochMs, reason: Type.String(), short: Type.Array(Closed({ need: Words, id: Type.String(), scores: Type.Array(Type.String()) })) });
export type ScenarioWaiver = Static<typeof ScenarioWaiver>;

/** How an expected check came out. */
export const CheckResult = Closed({ step: Name, check: Name, says: Words, state: Type.Union([Type.Literal('open'), Type.Literal('met'), Type.Literal('missed')]), points: Type.Integer(), tookS: Nullable(Type.Integer()) });
export type CheckResult = Static<typeof CheckResult>;

/** What removing a rehearsal took away, row by row. */
export const RemovalReceipt = Closed({ run: Id, at: EpochMs, by: Type.String(), rows: Type.Record(Type.String(), Type.Integer()), total: Type.Integer(), left: Type.Integer() });
export type RemovalReceipt = Static<typeof RemovalReceipt>;

/** A scenario being shown. Units: `atMs` on the scenario's clock as of domain time `sinceAt`. */
export const ScenarioRun = Closed({
  id: Id,
  scenario: Name,
  name: Words,
  wall: Name,
  isRehearsal: Type.Boolean(),
  isAuto: Type.Boolean(),
  phase: RunPhase,
  rate: Type.Number(),
  atMs: Type.Integer(),
  sinceAt: EpochMs,
  lengthMs: Type.Integer(),
  step: Type.Integer(),
  steps: Type.Integer(),
  sent: Type.Integer(),
  startedBy: Type.String(),
  startedAt: EpochMs,
  endedAt: Nullable(EpochMs),
  checks: Type.Array(CheckResult),
  score: Nullable(Type.Integer()),
  outOf: Nullable(Type.Integer()),
  /** Points from which it is passed. */
  passAt: Nullable(Type.Integer()),
  receipt: Nullable(RemovalReceipt),
  waiver: Nullable(ScenarioWaiver),
});
export type ScenarioRun = Static<typeof ScenarioRun>;

/** A fault in a scenario file as its author reads it. */
export const ScenarioFault = Closed({ file: Type.String(), line: Type.Integer(), code: Type.String(), detail: Type.String(), vi: Type.String(), en: Type.String() });
export type ScenarioFault = Static<typeof ScenarioFault>;

/** A scenario in the list. */
export const ScenarioSummary = Closed({ id: Name, name: Words, summary: Words, kind: Scenario.properties.kind, lengthS: Type.Integer(), steps: Type.Integer(), chapters: Type.Array(Words), isOwn: Type.Boolean() });
export type ScenarioSummary = Static<typeof ScenarioSummary>;

/** Someone finished a training course. `isMine`: who asks did. */
export const TrainingRecord = Closed({ run: Id, course: Name, name: Words, person: Type.String(), isMine: Type.Boolean(), score: Type.Integer(), outOf: Type.Integer(), isPassed: Type.Boolean(), completedAt: EpochMs });
export type TrainingRecord = Static<typeof TrainingRecord>;

/** Longest text of one scenario. Units: characters. */
export const LONGEST_FILE = 400_000;
const Yaml = Type.String({ minLength: 1, maxLength: LONGEST_FILE });
const Run = Closed({ run: Id });
/** `from`: the step the presenter saw. A press that comes after another one moved on is refused, so two presses never become two steps. */
const Move = Closed({ run: Id, from: Type.Optional(Name) });

/** Commands of scenarios. */
export const SCENARIO_COMMANDS = {
  'scenario.start': {
    request: Closed({
      scenario: Name,
      wall: Name,
      /** False shows it on the customer's own data: nothing is sent. */
      isRehearsal: Type.Optional(Type.Boolean()),
      /** Steps that wait for a hand or a condition come at their planned time. */
      isAuto: Type.Optional(Type.Boolean()),
      rate: Type.Optional(Type.Number({ minimum: 1, maximum: 20 })),
      /** Begins although the data is below the least quality the scenario declares; only by who leads, and it is kept with the run. */
      waiver: Type.Optional(Closed({ reason: Type.String({ maxLength: 500 }) })),
    }),
    reply: ScenarioRun,
    policy: 'operate',
  },
  'scenario.next': { request: Move, reply: ScenarioRun, policy: 'operate' },
  'scenario.back': { request: Move, reply: ScenarioRun, policy: 'operate' },
  'scenario.pause': { request: Closed({ run: Id, on: Type.Boolean(), rate: Type.Optional(Type.Number({ minimum: 1, maximum: 20 })) }), reply: ScenarioRun, policy: 'operate' },
  'scenario.seek': { request: Closed({ run: Id, toS: Type.Optional(Type.Number({ minimum: 0, maximum: 14_400 })), step: Type.Optional(Name) }), reply: ScenarioRun, policy: 'operate' },
  'scenario.stop': { request: Run, reply: ScenarioRun, policy: 'operate' },
  'scenario.remove': { request: Run, reply: RemovalReceipt, policy: 'operate' },
  'scenario.check': { request: Closed({ yaml: Yaml }), reply: Closed({ scenario: Nullable(Type.Unknown()), faults: Type.Array(ScenarioFault) }), policy: 'operate' },
  /** What an author has so far, finished or not, as a file with its faults named. */
  'scenario.write': { request: Closed({ scenario: Type.Record(Type.String(), Type.Unknown()) }), reply: Closed({ yaml: Type.String(), faults: Type.Array(ScenarioFault) }), policy: 'operate' },
  'scenario.save': { request: Closed({ yaml: Yaml }), reply: Closed({ id: Nullable(Name), version: Nullable(Type.Integer()), faults: Type.Array(ScenarioFault) }), policy: 'operate' },
  'scenario.withdraw': { request: Closed({ scenario: Name }), reply: Closed({}), policy: 'operate' },
  'scenario.record': { request: Closed({ wall: Name, fromAt: EpochMs, toAt: EpochMs, id: Name, name: Words }), reply: Closed({ yaml: Type.String(), faults: Type.Array(ScenarioFault) }), policy: 'operate' },
  /** What a wall showed and what came in between two moments, as a scenario to rehearse. */
  'scenario.fork': { request: Closed({ wall: Name, fromAt: EpochMs, toAt: EpochMs, id: Name, name: Words }), reply: Closed({ yaml: Type.String(), faults: Type.Array(ScenarioFault) }), policy: 'operate' },
  /** A tour somebody went through. What a scenario scores is written down by its run alone. */
  'training.finish': { request: Closed({ course: Name, score: Type.Integer({ minimum: 0, maximum: 1000 }), outOf: Type.Integer({ minimum: 1, maximum: 1000 }) }), reply: TrainingRecord, policy: 'staff' },
} as const;
