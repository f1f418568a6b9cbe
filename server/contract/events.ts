import Type, { type Static, type TSchema } from 'typebox';
import { Closed, EpochMs, Id, MOST_PICTURES, UnitCode } from '#contract/base.ts';
import { Epoch, FeedHealth, JoinCursor, LogEntry, PushedEntry, Traceparent } from '#contract/entry.ts';
import type { Policy } from '#contract/roles.ts';
import { Presence } from '#contract/alertBook.ts';
import { CameraStatus } from '#contract/cameras.ts';
import { ProcedureCode, ProcedureRun } from '#contract/procedure.ts';
import { AlertState } from '#contract/topics/alert.ts';
import { FeedbackItem, FeedbackProcess, FeedbackState } from '#contract/topics/feedback.ts';
import { CaseState, Nudge } from '#contract/topics/case.ts';
import { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { SensorState } from '#contract/topics/telemetry.ts';
import { Decision, MakeDecision } from '#contract/decision.ts';
import { Bookmark } from '#contract/replay.ts';
import { SCENARIO_COMMANDS } from '#contract/scenario.ts';
import { SCENE_COMMANDS } from '#contract/sceneEdit.ts';
import { Share, SHARE_COMMANDS, ShareSignalled } from '#contract/share.ts';
import { OutputHealth, OutputReport, ScheduledWall, WallAct, WallPointer } from '#contract/wall.ts';

/** Largest message the server reads from a socket; a longer command goes by HTTP, to the same handler. Units: bytes. */
export const SOCKET_MOST_BYTES = 64 * 1024;

/** `every`: no message may be missing; `latest`: only the newest matters and older ones may be dropped. */
export type DeliveryClass = 'every' | 'latest';

interface PushRow {
  body: TSchema;
  delivery: DeliveryClass;
  /** Who may receive it; finer checks by unit happen per entry. */
  audience: Policy;
}

interface CommandRow {
  request: TSchema;
  reply: TSchema;
  policy: Policy;
}

const Reason = Type.String({ minLength: 1, maxLength: 1000 });
const Topic = Type.String({ minLength: 1, maxLength: 40 });
const Done = Closed({});
const Promised = Closed({ title: Type.String({ minLength: 1, maxLength: 300 }), dueAt: EpochMs });
const Evidence = Type.Optional(Type.Array(Id, { maxItems: 20 }));

/** Server → screen. `frame` carries binary telemetry (see `frame.ts`). */
export const PUSHES = {
  'log.entry': { body: PushedEntry, delivery: 'every', audience: 'wall' },
  beat: {
    body: Closed({ at: EpochMs, domainAt: EpochMs, rate: Type.Number(), epoch: Epoch, heads: Type.Record(Type.String(), Type.Integer()), rehearsals: Type.Optional(Type.Array(Id)) }),
    delivery: 'latest',
    audience: 'wall',
  },
  frame: { body: Type.Unknown(), delivery: 'latest', audience: 'wall' },
  'sensor.updated': { body: Closed({ sensors: Type.Array(SensorState) }), delivery: 'latest', audience: 'wall' },
  'feeds.updated': { body: Closed({ feeds: Type.Array(FeedHealth) }), delivery: 'latest', audience: 'wall' },
  'cameras.updated': { body: Closed({ cameras: Type.Array(CameraStatus) }), delivery: 'latest', audience: 'wall' },
  'wall.scheduled': { body: ScheduledWall, delivery: 'every', audience: 'wall' },
  'outputs.updated': { body: Closed({ outputs: Type.Array(OutputHealth) }), delivery: 'latest', audience: 'staff' },
  'presence.changed': { body: Presence, delivery: 'latest', audience: 'operate' },
  'wall.pointed': { body: WallPointer, delivery: 'latest', audience: 'wall' },
  'shares.updated': { body: Closed({ shares: Type.Array(Share) }), delivery: 'latest', audience: 'wall' },
  'share.signalled': { body: ShareSignalled, delivery: 'every', audience: 'wall' },
  'session.ended': { body: Closed({ reason: Type.String() }), delivery: 'every', audience: 'wall' },
} as const satisfies Record<string, PushRow>;

/** Screen → server, each acknowledged with `{ ok: true, data }` or `{ ok: false, fault }`. */
export const COMMANDS = {
  'clock.sync': { request: Closed({ sentAt: Type.Number() }), reply: Closed({ receivedAt: Type.Number(), repliedAt: Type.Number() }), policy: 'wall' },
  'topic.join': {
    /** `mayPack`: who asks can unpack. */
    request: Closed({ topic: Topic, after: Type.Optional(JoinCursor), mayPack: Type.Optional(Type.Boolean()) }),
    reply: Closed({
      epoch: Epoch,
      head: Type.Integer(),
      /** Absent for who sees everything. */
      view: Type.Optional(Type.String()),
      snapshot: Type.Optional(Type.Array(LogEntry)),
      /** Instead of a long `snapshot`, for who may be given it. Shape: bytes, gzip of its JSON. */
      packed: Type.Optional(Type.Unknown()),
      entries: Type.Optional(Type.Array(LogEntry)),
    }),
    policy: 'wall',
  },
  /** A page says when a change whose way is recorded was on it. Units: epoch ms of the server's clock. */
  'trace.painted': { request: Closed({ trace: Traceparent, receivedAt: Type.Number({ minimum: 0 }), paintedAt: Type.Number({ minimum: 0 }) }), reply: Done, policy: 'wall' },
  'topic.leave': { request: Closed({ topic: Topic }), reply: Done, policy: 'wall' },
  'alert.acknowledge': { request: Closed({ id: Id }), reply: AlertState, policy: 'operate' },
  'alert.assign': {
    request: Closed({ id: Id, unit: UnitCode, note: Type.Optional(Reason), dueAt: Type.Optional(EpochMs) }),
    reply: Closed({ alert: AlertState, request: HandlingRequestState }),
    policy: 'operate',
  },
  'alert.verify': { request: Closed({ id: Id, isAccepted: Type.Boolean(), reason: Type.Optional(Reason) }), reply: AlertState, policy: 'operate' },
  'alert.close': { request: Closed({ id: Id, reason: Type.Optional(Reason) }), reply: AlertState, policy: 'operate' },
  'alert.shelve': { request: Closed({ id: Id, until: EpochMs, reason: Reason }), reply: AlertState, policy: 'operate' },
  'feedback.assign': {
    request: Closed({ id: Id, unit: UnitCode, note: Type.Optional(Reason), dueAt: Type.Optional(EpochMs) }),
    reply: HandlingRequestState,
    policy: 'operate',
  },
  'feedback.verify': { request: Closed({ id: Id, isAccepted: Type.Boolean(), reason: Type.Optional(Reason) }), reply: Type.Unknown(), policy: 'operate' },
  'handling-request.deliver': { request: Closed({ id: Id }), reply: HandlingRequestState, policy: 'unit-work' },
  'handling-request.read': { request: Closed({ id: Id }), reply: HandlingRequestState, policy: 'unit-work' },
  'handling-request.accept': { request: Closed({ id: Id }), reply: HandlingRequestState, policy: 'unit-work' },
  'handling-request.return': { request: Closed({ id: Id, reason: Reason }), reply: HandlingRequestState, policy: 'unit-work' },
  'handling-request.carry-out': { request: Closed({ id: Id, result: Reason, media: Type.Optional(Type.Array(Id, { maxItems: MOST_PICTURES })) }), reply: HandlingRequestState, policy: 'unit-work' },
  'case.acknowledge': { request: Closed({ id: Id }), reply: CaseState, policy: 'unit-work' },
  'case.plan': {
    request: Closed({
      id: Id,
      cause: Type.Optional(Reason),
      solution: Type.Optional(Reason),
      responsible: Type.Optional(Id),
      milestones: Type.Optional(Type.Array(Promised, { maxItems: 50 })),
    }),
    reply: CaseState,
    policy: 'unit-work',
  },
  'case.add-milestone': { request: Closed({ id: Id, ...Promised.properties }), reply: CaseState, policy: 'unit-work' },
  'case.keep-milestone': { request: Closed({ id: Id, milestone: Id, evidence: Evidence }), reply: CaseState, policy: 'unit-work' },
  'case.obstacle': { request: Closed({ id: Id, unit: UnitCode, text: Reason, dueAt: Type.Optional(EpochMs) }), reply: CaseState, policy: 'unit-work' },
  'case.answer-obstacle': { request: Closed({ id: Id, obstacle: Id, answer: Reason }), reply: HandlingRequestState, policy: 'unit-work' },
  'case.nudge': { request: Closed({ id: Id, kind: Nudge.properties.kind, text: Reason }), reply: CaseState, policy: 'operate' },
  'case.read': { request: Closed({ id: Id }), reply: CaseState, policy: 'unit-work' },
  'case.submit': { request: Closed({ id: Id, result: Type.Optional(Reason), evidence: Evidence }), reply: CaseState, policy: 'unit-work' },
  'case.verify': { request: Closed({ id: Id, isAccepted: Type.Boolean(), reason: Type.Optional(Reason) }), reply: CaseState, policy: 'operate' },
  'case.close': { request: Closed({ id: Id, reason: Type.Optional(Reason) }), reply: CaseState, policy: 'operate' },
  'direction.issue': {
    request: Closed({ unit: UnitCode, text: Reason, dueAt: Type.Optional(EpochMs), caseId: Type.Optional(Id) }),
    reply: HandlingRequestState,
    policy: 'lead',
  },
  'handling-request.set-out': { request: Closed({ id: Id }), reply: HandlingRequestState, policy: 'unit-work' },
  'handling-request.arrive': { request: Closed({ id: Id }), reply: HandlingRequestState, policy: 'unit-work' },
  'handling-request.verify': { request: Closed({ id: Id, isAccepted: Type.Boolean(), reason: Type.Optional(Reason) }), reply: HandlingRequestState, policy: 'operate' },
  'handling-request.nudge': { request: Closed({ id: Id, note: Type.Optional(Reason) }), reply: HandlingRequestState, policy: 'operate' },
  'handling-request.redirect': { request: Closed({ id: Id, unit: UnitCode, reason: Reason, dueAt: Type.Optional(EpochMs) }), reply: HandlingRequestState, policy: 'operate' },
  'handling-request.confirm-nudge': { request: Closed({ id: Id }), reply: HandlingRequestState, policy: 'unit-work' },
  'handling-request.explain': { request: Closed({ id: Id, question: Reason, dueAt: EpochMs }), reply: HandlingRequestState, policy: 'operate' },
  'handling-request.answer-explanation': { request: Closed({ id: Id, answer: Reason }), reply: HandlingRequestState, policy: 'unit-work' },
  'feedback.merge': { request: Closed({ id: Id, into: Id }), reply: FeedbackState, policy: 'operate' },
  'feedback.split': { request: Closed({ id: Id }), reply: FeedbackState, policy: 'operate' },
  'feedback.recategorise': { request: Closed({ id: Id, service: FeedbackItem.properties.service, process: Type.Optional(FeedbackProcess) }), reply: FeedbackState, policy: 'operate' },
  'feedback.reject': { request: Closed({ id: Id, reason: Reason }), reply: FeedbackState, policy: 'operate' },
  'feedback.answer': { request: Closed({ id: Id, answer: Reason }), reply: FeedbackState, policy: 'operate' },
  'feedback.reopen': { request: Closed({ id: Id, reason: Reason }), reply: FeedbackState, policy: 'operate' },
  'feedback.close': { request: Closed({ id: Id, reason: Type.Optional(Reason) }), reply: FeedbackState, policy: 'operate' },
  'alert.comment': { request: Closed({ id: Id, text: Reason, media: Type.Optional(Type.Array(Id, { maxItems: MOST_PICTURES })) }), reply: AlertState, policy: 'unit-work' },
  'alert.mark-repeat': { request: Closed({ id: Id, of: Id }), reply: AlertState, policy: 'operate' },
  'alert.unmark-repeat': { request: Closed({ id: Id }), reply: AlertState, policy: 'operate' },
  'alert.unshelve': { request: Closed({ id: Id }), reply: AlertState, policy: 'operate' },
  'alert.escalate': { request: Closed({ id: Id, reason: Reason }), reply: AlertState, policy: 'operate' },
  'alert.propose-shelve': { request: Closed({ id: Id, until: EpochMs, reason: Reason }), reply: AlertState, policy: 'operate' },
  'alert.confirm-shelve': { request: Closed({ id: Id }), reply: AlertState, policy: 'operate' },
  'procedure.start': { request: Closed({ alert: Id, code: ProcedureCode }), reply: ProcedureRun, policy: 'operate' },
  'procedure.tick': {
    request: Closed({ run: Id, step: Id, note: Type.Optional(Reason), answer: Type.Optional(Type.String({ maxLength: 80 })), media: Type.Optional(Type.Array(Id, { maxItems: MOST_PICTURES })) }),
    reply: ProcedureRun,
    policy: 'unit-work',
  },
  'procedure.skip': { request: Closed({ run: Id, step: Id, reason: Reason }), reply: ProcedureRun, policy: 'operate' },
  'presence.open': { request: Closed({ thing: Id }), reply: Presence, policy: 'operate' },
  'presence.close': { request: Closed({ thing: Id }), reply: Done, policy: 'operate' },
  'wall.join': { request: Closed({ wall: Id, output: Type.Optional(Id) }), reply: ScheduledWall, policy: 'wall' },
  'wall.leave': { request: Closed({ wall: Id }), reply: Done, policy: 'wall' },
  'wall.report': { request: OutputReport, reply: Done, policy: 'wall' },
  'wall.apply': { request: Closed({ wall: Id, act: WallAct, why: Type.Optional(Type.String({ maxLength: 300 })) }), reply: ScheduledWall, policy: 'operate' },
  'wall.point': { request: Closed({ wall: Id, place: WallPointer.properties.place }), reply: Done, policy: 'operate' },
  'wall.take': { request: Closed({ wall: Id, isForced: Type.Optional(Type.Boolean()) }), reply: ScheduledWall, policy: 'operate' },
  'wall.release': { request: Closed({ wall: Id }), reply: ScheduledWall, policy: 'operate' },
  'decision.make': { request: MakeDecision, reply: Decision, policy: 'staff' },
  'bookmark.add': { request: Closed({ at: EpochMs, name: Bookmark.properties.name, wall: Type.Optional(Id) }), reply: Bookmark, policy: 'operate' },
  'bookmark.remove': { request: Closed({ id: Id }), reply: Done, policy: 'operate' },
  ...SCENE_COMMANDS,
  ...SHARE_COMMANDS,
  ...SCENARIO_COMMANDS,
} as const satisfies Record<string, CommandRow>;

export type PushName = keyof typeof PUSHES;
export type CommandName = keyof typeof COMMANDS;
export type CommandRequest<N extends CommandName> = Static<(typeof COMMANDS)[N]['request']>;
export type CommandReply<N extends CommandName> = Static<(typeof COMMANDS)[N]['reply']>;
export type PushBody<N extends PushName> = Static<(typeof PUSHES)[N]['body']>;

/** Why a handshake was refused; anything but `auth` makes the page reload itself once. */
export const HANDSHAKE_REASONS = ['contract', 'build', 'auth', 'stopping'] as const;
export type HandshakeReason = (typeof HANDSHAKE_REASONS)[number];
