import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, MessageKey } from '#contract/base.ts';

/** Name of one life of the store; a restore from backup starts a new one. */
export const Epoch = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' });

/** A place in the log of one topic. */
export const Cursor = Closed({ epoch: Epoch, seq: Type.Integer({ minimum: 0 }) });
export type Cursor = Static<typeof Cursor>;

/** A cursor as a screen brings it back. `view` is what the join that made it said: one made with other rights is worth nothing. */
export const JoinCursor = Closed({ epoch: Epoch, seq: Type.Integer({ minimum: 0 }), view: Type.Optional(Type.String({ maxLength: 16 })) });
export type JoinCursor = Static<typeof JoinCursor>;

/** Where a change stands in a trace, as W3C's `traceparent`. */
export const Traceparent = Type.String({ pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' });

/** One change of one thing, in commit order. `body` is the whole public state after the change, never a delta. */
export const LogEntry = Closed({
  seq: Type.Integer({ minimum: 1 }),
  topic: Type.String(),
  key: MessageKey,
  id: Id,
  rev: Type.Integer({ minimum: 1 }),
  at: EpochMs,
  body: Type.Unknown(),
  /** Of the few changes whose way is recorded. */
  trace: Type.Optional(Traceparent),
});
export interface LogEntry<Body = unknown> {
  seq: number;
  topic: string;
  key: string;
  id: string;
  rev: number;
  at: number;
  body: Body;
  trace?: string;
}

/** An entry as pushed: `prev` is the previous seq of this topic visible to this subscriber. */
export const PushedEntry = Closed({ ...LogEntry.properties, epoch: Epoch, prev: Type.Integer({ minimum: 0 }) });
export interface PushedEntry<Body = unknown> extends LogEntry<Body> {
  epoch: string;
  prev: number;
}

/** Answer of one item at the door. */
export const ItemResult = Closed({
  key: Type.String(),
  status: Type.Union([Type.Literal('accepted'), Type.Literal('duplicate'), Type.Literal('conflict'), Type.Literal('rejected')]),
  id: Type.Optional(Type.String()),
  epoch: Type.Optional(Type.String()),
  seq: Type.Optional(Type.Integer()),
  fault: Type.Optional(
    Closed({ code: Type.String(), message: Type.String(), pointer: Type.Optional(Type.String()), detail: Type.Optional(Type.String()) }),
  ),
});
export type ItemResult = Static<typeof ItemResult>;

/** State of one feed as every screen may show it. */
export const FeedHealth = Closed({
  id: Type.String(),
  name: Type.String(),
  state: Type.Union([Type.Literal('live'), Type.Literal('stale'), Type.Literal('down'), Type.Literal('waiting'), Type.Literal('off')]),
  ageMs: Type.Union([Type.Integer(), Type.Null()]),
  lastAt: Type.Union([EpochMs, Type.Null()]),
  accepted: Type.Integer(),
  rejected: Type.Integer(),
  reason: Type.Optional(Type.String()),
  provenance: Type.Optional(Type.String()),
});
export type FeedHealth = Static<typeof FeedHealth>;
