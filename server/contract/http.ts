import Type, { type Static } from 'typebox';
import { Closed, EpochMs } from '#contract/base.ts';
import { FeedHealth, ItemResult, LogEntry } from '#contract/entry.ts';
import { Fault } from '#contract/faults.ts';
import { Role } from '#contract/roles.ts';

/** Every refusal over HTTP. */
export const FaultAnswer = Closed({ fault: Fault });

/** `POST /api/v1/session`. */
export const SignIn = Closed({
  user: Type.String({ minLength: 1, maxLength: 100 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
  totp: Type.Optional(Type.String({ minLength: 6, maxLength: 10 })),
});
export type SignIn = Static<typeof SignIn>;

/** `GET /api/v1/session`: who I am. */
export const Me = Closed({
  id: Type.String(),
  name: Type.String(),
  roles: Type.Array(Role),
  units: Type.Union([Type.Array(Type.String()), Type.Null()]),
  mustChangePassword: Type.Boolean(),
  mustEnrolCode: Type.Boolean(),
  /** Whether signing in asks for a one-time code. */
  hasCode: Type.Boolean(),
  expiresAt: EpochMs,
});
export type Me = Static<typeof Me>;

/** `GET /api/v1/session/mine`: where I am signed in. */
export const MySessions = Closed({ items: Type.Array(Closed({ id: Type.String(), startedAt: EpochMs, seenAt: EpochMs, expiresAt: EpochMs, isThis: Type.Boolean() })) });
export type MySessions = Static<typeof MySessions>;

/** `POST /api/v1/session/password`. */
export const ChangePassword = Closed({ old: Type.String({ minLength: 1, maxLength: 200 }), new: Type.String({ minLength: 1, maxLength: 200 }) });

/** `POST /api/v1/ingest/:topic`. */
export const IngestAnswer = Closed({ results: Type.Array(ItemResult) });
export type IngestAnswer = Static<typeof IngestAnswer>;

/** `GET /api/v1/log`. */
export const LogAnswer = Closed({ epoch: Type.String(), head: Type.Integer(), entries: Type.Array(LogEntry) });
export type LogAnswer = Static<typeof LogAnswer>;

/** `GET /readyz`. */
export const Readiness = Closed({
  store: Type.Union([Type.Literal('ok'), Type.Literal('down')]),
  log: Type.Union([Closed({ epoch: Type.String(), head: Type.Integer() }), Type.Null()]),
  feeds: Type.Array(FeedHealth),
  version: Type.String(),
});
export type Readiness = Static<typeof Readiness>;

/** A page of a collection. `next` is the cursor of the following page. */
export const Page = Closed({ items: Type.Array(Type.Unknown()), next: Type.Union([Type.String(), Type.Null()]), total: Type.Optional(Type.Integer()) });
export interface Page<T = unknown> {
  items: T[];
  next: string | null;
  total?: number;
}

/** `POST /api/v1/clock`. */
export const MoveClock = Closed({ at: Type.Optional(EpochMs), rate: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })) });
export const ClockAnswer = Closed({ at: EpochMs, rate: Type.Number(), isReal: Type.Boolean() });
