import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable, UnitCode } from '#contract/base.ts';
import { Role } from '#contract/roles.ts';

/** How far into the data a grant reaches: công khai, nội bộ, cá nhân. Each contains those before it. */
export const DataClass = Type.Union([Type.Literal('open'), Type.Literal('internal'), Type.Literal('personal')]);
export type DataClass = Static<typeof DataClass>;

const Minutes = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const Days = (minimum: number) => Type.Integer({ minimum, maximum: 3650 });

/** No setting keeps traces for less: whoever watched or changed something could have them removed. Units: days. */
export const LEAST_KEPT_DAYS = { audit: 90, views: 30 } as const;

/** Where audit and security events are sent as syslog (RFC 5424) over TLS. `ca`: PEM of its authority; empty = those of the system. */
export const SyslogTarget = Closed({ host: Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$' }), port: Type.Integer({ minimum: 1, maximum: 65_535 }), ca: Type.String({ maxLength: 20_000 }) });
export type SyslogTarget = Static<typeof SyslogTarget>;

/** What an administrator decides about sign-in, keeping and reporting. */
export const SecuritySettings = Closed({
  /** Roles that must use a one-time code. */
  codeRoles: Type.Array(Role, { maxItems: 8 }),
  idleMinutes: Minutes(5, 720),
  absoluteHours: Type.Integer({ minimum: 1, maximum: 24 }),
  /** Failed sign-ins of one account before it has to wait, and how long each one counts. */
  lockAfter: Type.Integer({ minimum: 3, maximum: 20 }),
  lockMinutes: Minutes(1, 120),
  guestDays: Type.Integer({ minimum: 1, maximum: 90 }),
  keepAuditDays: Days(LEAST_KEPT_DAYS.audit),
  keepViewsDays: Days(LEAST_KEPT_DAYS.views),
  keepSessionsDays: Days(1),
  syslog: Nullable(SyslogTarget),
});
export type SecuritySettings = Static<typeof SecuritySettings>;

/** Which group of the sign-in service holds which rights here. */
export const GroupGrant = Closed({ group: Line(200), roles: Type.Array(Role, { minItems: 1, maxItems: 8 }), units: Nullable(Type.Array(UnitCode, { maxItems: 50 })) });
export type GroupGrant = Static<typeof GroupGrant>;

/** A sign-in service (OpenID Connect). `clientSecret` is written and never read back. */
export const SignInService = Closed({
  isOn: Type.Boolean(),
  name: Line(100),
  issuer: Type.String({ pattern: '^https?://[^\\s]{1,300}$' }),
  clientId: Line(200),
  clientSecret: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  groupsClaim: Type.String({ pattern: '^[A-Za-z0-9_:./-]{1,100}$' }),
  grants: Type.Array(GroupGrant, { maxItems: 100 }),
});
export type SignInService = Static<typeof SignInService>;

/** An open session. `id` is made from its hash and opens nothing. */
export const SessionLine = Closed({ id: Id, kind: Type.String(), account: Nullable(Id), name: Type.String(), address: Nullable(Type.String()), createdAt: EpochMs, lastSeenAt: EpochMs, expiresAt: EpochMs, isMine: Type.Boolean() });
export type SessionLine = Static<typeof SessionLine>;

/** What an authenticator app reads: as a picture, and to be typed. */
export const CodeEnrolment = Closed({ secret: Type.String(), uri: Type.String(), picture: Type.String() });
/** Each opens the account once when the app is lost; shown this once. */
export const RecoveryCodes = Closed({ codes: Type.Array(Type.String()) });

/** What leaves the house only when two people want it. */
export const GuardedExport = Type.Union([Type.Literal('feedback-contacts'), Type.Literal('accounts')]);
export type GuardedExport = Static<typeof GuardedExport>;

/** Life of such an export: asked, allowed by another person, taken once. */
export const ExportRequest = Closed({
  id: Id,
  what: GuardedExport,
  reason: Type.String(),
  askedBy: Id,
  askedName: Type.String(),
  askedAt: EpochMs,
  allowedBy: Nullable(Id),
  allowedName: Nullable(Type.String()),
  allowedAt: Nullable(EpochMs),
  takenAt: Nullable(EpochMs),
  expiresAt: EpochMs,
});
export type ExportRequest = Static<typeof ExportRequest>;

/** What is kept for a time: views of cameras, ended sessions, contacts of reporters, lines of the audit log. */
export const KeptKind = Type.Union([Type.Literal('camera-views'), Type.Literal('sessions'), Type.Literal('contacts'), Type.Literal('audit')]);
export type KeptKind = Static<typeof KeptKind>;

/** What is past its keeping and would be removed now. `before`: what is older goes. */
export const PurgePreview = Closed({ items: Type.Array(Closed({ what: KeptKind, before: EpochMs, rows: Type.Integer() })) });
export type PurgePreview = Static<typeof PurgePreview>;

/** Proof of a purge. `hash`: SHA-256 of what was removed. `by`, `byName`: who asked, `system` for the daily one, which needs no reason. */
export const PurgeReceipt = Closed({ id: Id, at: EpochMs, what: KeptKind, before: EpochMs, rows: Type.Integer(), hash: Type.String(), by: Type.String(), byName: Nullable(Type.String()), reason: Nullable(Type.String()) });
export type PurgeReceipt = Static<typeof PurgeReceipt>;

/** The head of the audit chain as it was signed. `signature`: Ed25519 over `n`, `hash` and `at`, base64. */
export const SignedHead = Closed({ n: Type.Integer(), hash: Type.String(), at: EpochMs, signature: Type.String() });
export type SignedHead = Static<typeof SignedHead>;

/** How this installation is protected, for the administrator and for the dossier. `clockOffsetMs`: null when nothing to compare with answered. */
export const SecurityState = Closed({
  isTls: Type.Boolean(),
  isLoopback: Type.Boolean(),
  withoutCode: Type.Integer(),
  openSessions: Type.Integer(),
  walls: Type.Integer(),
  guests: Type.Integer(),
  keys: Type.Integer(),
  signedHead: Nullable(SignedHead),
  clockOffsetMs: Nullable(Type.Number()),
  syslog: Type.Union([Type.Literal('off'), Type.Literal('sending'), Type.Literal('failing')]),
  rowSecurity: Type.Boolean(),
});
export type SecurityState = Static<typeof SecurityState>;
