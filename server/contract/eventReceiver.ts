import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Line, Nullable } from '#contract/base.ts';
import { ConnectorFault, ConnectorId } from '#contract/connector.ts';

/** What can be told to the outside, one word per kind of thing. */
export const EVENT_TOPICS = ['alert', 'feedback', 'handling-request', 'case', 'assignment', 'directive'] as const;
export type EventTopic = (typeof EVENT_TOPICS)[number];
const Topic = Type.Unsafe<EventTopic>(Type.Union(EVENT_TOPICS.map((name) => Type.Literal(name))));

/**
 * A system that is told what happens here, as an administrator declares it, without its secret. `leastLevel`: of alerts, those at
 * least as urgent; 4 = all. `withSimulated`: the sample city too. `ca`: PEM of the authority that signed their certificate.
 */
export const ReceiverText = Closed({
  id: ConnectorId,
  name: Line(100),
  url: Type.String({ pattern: '^https?://[^\\s@]+$', maxLength: 2000 }),
  topics: Type.Array(Topic, { minItems: 1, maxItems: EVENT_TOPICS.length, uniqueItems: true }),
  leastLevel: Type.Integer({ minimum: 1, maximum: 4 }),
  withSimulated: Type.Boolean(),
  allowPrivate: Type.Boolean(),
  ca: Type.Optional(Type.String({ maxLength: 50_000 })),
});
export type ReceiverText = Static<typeof ReceiverText>;

/** A declaration as it is sent. The secret signs; an absent one keeps the one in use. `rev` is the one that was read, 0 for the first. */
export const ReceiverWritten = Closed({ receiver: ReceiverText, secret: Type.Optional(Type.String({ minLength: 16, maxLength: 500 })), rev: Type.Integer({ minimum: 0 }) });
export type ReceiverWritten = Static<typeof ReceiverWritten>;

/** One event and what became of it. `refused`: they will never take it, and the next went on; `lost`: the log no longer held it. */
export const Delivery = Closed({
  key: Type.String(),
  topic: Type.String(),
  thing: Type.String(),
  at: EpochMs,
  endedAt: EpochMs,
  attempts: Type.Integer({ minimum: 1 }),
  state: Type.Union([Type.Literal('sent'), Type.Literal('refused'), Type.Literal('lost')]),
  fault: Nullable(ConnectorFault),
});
export type Delivery = Static<typeof Delivery>;

/** A receiver as it stands. */
export const EventReceiver = Closed({
  ...ReceiverText.properties,
  isOn: Type.Boolean(),
  rev: Type.Integer(),
  changedAt: EpochMs,
  changedBy: Type.String(),
  state: Type.Union([Type.Literal('off'), Type.Literal('waiting'), Type.Literal('live'), Type.Literal('failing')]),
  sent: Type.Integer(),
  refused: Type.Integer(),
  lastSuccessAt: Nullable(EpochMs),
  lastRefusalAt: Nullable(EpochMs),
  fault: Nullable(ConnectorFault),
  failures: Type.Integer(),
  nextAt: Nullable(EpochMs),
});
export type EventReceiver = Static<typeof EventReceiver>;

/** What came of a test event. Units: ms. */
export const ReceiverTest = Closed({ at: EpochMs, ms: Type.Integer(), fault: Nullable(ConnectorFault) });
export type ReceiverTest = Static<typeof ReceiverTest>;
