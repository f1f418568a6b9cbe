import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Line, Nullable, Provenance } from '#contract/base.ts';
import { QualityScores } from '#contract/quality.ts';
import { TOPICS, type TopicName } from '#contract/topics.ts';

const topics = Object.keys(TOPICS) as TopicName[];
const Choice = <T extends string>(...words: readonly T[]) => Type.Unsafe<T>(Type.Union(words.map((word) => Type.Literal(word))));
const Url = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2000 });
const Host = Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$' });
const Name = Type.String({ minLength: 1, maxLength: 200 });

/** Name of a connector: it is the source its rows are counted under. */
export const ConnectorId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,30}$' });

/** How we sign in at the other side. The secret itself is sent apart and never read back. */
export const ConnectorAuth = Type.Union([
  Closed({ kind: Type.Literal('none') }),
  Closed({ kind: Type.Literal('api-key'), header: Type.String({ pattern: '^[A-Za-z0-9-]{1,60}$' }) }),
  Closed({ kind: Type.Literal('basic'), user: Name }),
  Closed({ kind: Type.Literal('bearer') }),
  Closed({ kind: Type.Literal('oauth2'), tokenUrl: Url, clientId: Name, scope: Type.Optional(Name), sendIn: Choice('header', 'body') }),
]);
export type ConnectorAuth = Static<typeof ConnectorAuth>;

/** How a long answer continues. `{page}`, `{size}`, `{cursor}` stand in the address or body; `link` and `cursor` are read from the answer at a path. */
export const ConnectorPaging = Type.Union([
  Closed({ kind: Type.Literal('none') }),
  Closed({ kind: Type.Literal('page'), first: Type.Integer({ minimum: 0, maximum: 1 }), size: Type.Integer({ minimum: 1, maximum: 10_000 }) }),
  Closed({ kind: Type.Literal('cursor'), from: Name }),
  Closed({ kind: Type.Literal('link'), from: Name }),
]);
export type ConnectorPaging = Static<typeof ConnectorPaging>;

/** Questions over HTTP. `{since}` and `{until}` in the address or body are moments written as `since.form` says. */
export const HttpWay = Closed({
  kind: Type.Literal('http'),
  url: Url,
  method: Choice('GET', 'POST'),
  body: Type.Optional(Type.String({ maxLength: 20_000 })),
  headers: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,60}$' }), Type.String({ maxLength: 2000, pattern: '^[\\x20-\\x7e]*$' }))),
  auth: ConnectorAuth,
  paging: ConnectorPaging,
  /** `overlapS`: asked again from that much before the newest row. Units: seconds, hours. */
  since: Type.Optional(Closed({ form: Choice('iso', 'ms', 'seconds', 'date'), overlapS: Type.Integer({ minimum: 0, maximum: 604_800 }), firstHours: Type.Integer({ minimum: 1, maximum: 8760 }) })),
  allowPrivate: Type.Boolean(),
  proxy: Type.Optional(Url),
  /** PEM of the authority that signed their certificate. */
  ca: Type.Optional(Type.String({ maxLength: 50_000 })),
  timeoutS: Type.Integer({ minimum: 1, maximum: 120 }),
  perMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 6000 })),
});
export type HttpWay = Static<typeof HttpWay>;

/** Files of a folder on an SFTP server. `hostKey`: SHA-256 fingerprint of the server, as `ssh-keygen -l` prints it. */
export const SftpWay = Closed({
  kind: Type.Literal('sftp'),
  host: Host,
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  user: Name,
  folder: Type.String({ minLength: 1, maxLength: 500 }),
  pattern: Name,
  hostKey: Type.String({ maxLength: 100 }),
  allowPrivate: Type.Boolean(),
});
export type SftpWay = Static<typeof SftpWay>;

/** Files of a folder on this machine; a relative one lies in the data folder. */
export const FolderWay = Closed({ kind: Type.Literal('folder'), folder: Type.String({ minLength: 1, maxLength: 500 }), pattern: Name });
export type FolderWay = Static<typeof FolderWay>;

const Identifier = '[A-Za-z_][A-Za-z0-9_]{0,62}';

/**
 * Rows of a view that the other side keeps for us in its PostgreSQL, read in a transaction that can not write.
 * `since.column`: a time column of the view; absent = the whole view is read every time. Units: seconds, hours.
 */
export const SqlWay = Closed({
  kind: Type.Literal('sql'),
  host: Host,
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  database: Name,
  user: Name,
  view: Type.String({ pattern: `^(${Identifier}\\.)?${Identifier}$` }),
  since: Type.Optional(Closed({ column: Type.String({ pattern: `^${Identifier}$` }), overlapS: Type.Integer({ minimum: 0, maximum: 604_800 }), firstHours: Type.Integer({ minimum: 1, maximum: 8760 }) })),
  mostRows: Type.Integer({ minimum: 1, maximum: 100_000 }),
  tls: Type.Boolean(),
  ca: Type.Optional(Type.String({ maxLength: 50_000 })),
  allowPrivate: Type.Boolean(),
  timeoutS: Type.Integer({ minimum: 1, maximum: 120 }),
});
export type SqlWay = Static<typeof SqlWay>;

/** Messages of a broker; what came since the last look is taken together. `user` may be empty; `filters`: `+` and `#` as MQTT has them. */
export const MqttWay = Closed({
  kind: Type.Literal('mqtt'),
  host: Host,
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  user: Type.String({ maxLength: 200 }),
  filters: Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$' }), { minItems: 1, maxItems: 50 }),
  tls: Type.Boolean(),
  ca: Type.Optional(Type.String({ maxLength: 50_000 })),
  allowPrivate: Type.Boolean(),
});
export type MqttWay = Static<typeof MqttWay>;

/** The other side calls us: `POST /api/v1/connectors/:id/messages` with an ingest key. */
export const WebhookWay = Closed({ kind: Type.Literal('webhook') });

export const ConnectorWay = Type.Union([HttpWay, SftpWay, FolderWay, SqlWay, MqttWay, WebhookWay]);
export type ConnectorWay = Static<typeof ConnectorWay>;

/** When it asks: every so many seconds, or once a day at a time of Asia/Ho_Chi_Minh. */
export const ConnectorSchedule = Type.Union([Closed({ everyS: Type.Integer({ minimum: 1, maximum: 604_800 }) }), Closed({ dailyAt: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }) })]);
export type ConnectorSchedule = Static<typeof ConnectorSchedule>;

/** How one field is made from a row: a column or path, a template with `{column}`, a constant, or more exactly. */
export const FieldRule = Type.Union([
  Type.String({ minLength: 1, maxLength: 500 }),
  Closed({ value: Type.Union([Type.String(), Type.Number(), Type.Boolean()]) }),
  Closed({ lon: Name, lat: Name }),
  Closed({
    from: Name,
    number: Type.Optional(Choice('point', 'comma')),
    scale: Type.Optional(Type.Number()),
    time: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    zone: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    table: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
    else: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    geometry: Type.Optional(Choice('position', 'area')),
  }),
]);

/**
 * What is told back of each assignment whose state here changed (iOffice). `{field}` in the address or body stands for a value, see
 * `server/domain/connector/tellBack.ts`; a text of the JSON body that is nothing but a hole keeps the kind of its value.
 * `scope`: assignments that came by this connector, or all that are not simulated.
 */
export const TellBack = Closed({ url: Url, method: Choice('POST', 'PUT', 'PATCH'), body: Type.String({ minLength: 2, maxLength: 20_000 }), scope: Choice('theirs', 'all') });
export type TellBack = Static<typeof TellBack>;

/** What an administrator writes down of a connector, without its secrets. */
export const ConnectorText = Closed({
  id: ConnectorId,
  name: Line(100),
  topic: Choice(...topics),
  provenance: Provenance,
  way: ConnectorWay,
  format: Choice('json', 'geojson', 'csv', 'ndjson', 'xml', 'xlsx'),
  /** Path of the list inside a JSON or XML document; name of the sheet of a workbook. */
  items: Type.String({ maxLength: 300 }),
  mapping: Closed({ key: Type.Optional(Name), map: Type.Record(Type.String({ pattern: '^[a-zA-Z]+$' }), FieldRule) }),
  schedule: ConnectorSchedule,
  /** Only of assignments over HTTP. */
  tellBack: Type.Optional(TellBack),
});
export type ConnectorText = Static<typeof ConnectorText>;

const Secret = Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 20_000 })));
/** Secrets are written and never read back. Absent = as it was; null = forgotten. `certificate`, `privateKey`: PEM. */
export const ConnectorSecrets = Closed({ secret: Secret, certificate: Secret, privateKey: Secret });
export type ConnectorSecrets = Static<typeof ConnectorSecrets>;

/** A fault with its code, as the other side or the rows caused it. */
export const ConnectorFault = Closed({ code: Type.String(), message: Type.String(), detail: Type.Optional(Type.String()), pointer: Type.Optional(Type.String()) });

/** Why one row did not enter. */
export const RefusedRow = Closed({ line: Type.Integer(), field: Type.String(), code: Type.String(), reason: Type.String() });

/** One time a connector worked. `share`: how much of a backfill is done, 0 to 1. */
export const ConnectorRun = Closed({
  id: Type.String(),
  kind: Choice('poll', 'backfill', 'webhook', 'tell'),
  state: Choice('running', 'done', 'failed', 'cancelled'),
  startedAt: EpochMs,
  endedAt: Nullable(EpochMs),
  from: Nullable(EpochMs),
  to: Nullable(EpochMs),
  share: Type.Number({ minimum: 0, maximum: 1 }),
  rows: Type.Integer(),
  accepted: Type.Integer(),
  duplicates: Type.Integer(),
  rejected: Type.Integer(),
  fault: Nullable(ConnectorFault),
  refused: Type.Array(RefusedRow),
});
export type ConnectorRun = Static<typeof ConnectorRun>;

/** A connector as it stands. `secrets`: names of those that are set. `certificateUntil`: end of our client certificate. */
export const Connector = Closed({
  ...ConnectorText.properties,
  isOn: Type.Boolean(),
  rev: Type.Integer(),
  changedAt: EpochMs,
  changedBy: Type.String(),
  secrets: Type.Array(Type.String()),
  certificateUntil: Nullable(EpochMs),
  state: Choice('off', 'waiting', 'live', 'stale', 'failing'),
  fault: Nullable(ConnectorFault),
  failures: Type.Integer(),
  lastSuccessAt: Nullable(EpochMs),
  nextAt: Nullable(EpochMs),
  accepted: Type.Integer(),
  duplicates: Type.Integer(),
  rejected: Type.Integer(),
  running: Nullable(ConnectorRun),
  scores: Nullable(QualityScores),
});
export type Connector = Static<typeof Connector>;

/** What the newest rows would become, without taking any. `warnings`: fault codes of what looks wrong but may be right. */
export const ConnectorPreview = Closed({
  rows: Type.Integer(),
  good: Type.Integer(),
  columns: Type.Array(Closed({ path: Type.String(), examples: Type.Array(Type.String()) })),
  suggestion: ConnectorText.properties.mapping,
  fault: Nullable(ConnectorFault),
  warnings: Type.Array(Choice('hours-off', 'no-key', 'same-key')),
  hoursOff: Nullable(Type.Number()),
  samples: Type.Array(Closed({ line: Type.Integer(), fields: Type.Record(Type.String(), Type.String()), item: Nullable(Type.Record(Type.String(), Type.Unknown())), refusal: Nullable(RefusedRow) })),
});
export type ConnectorPreview = Static<typeof ConnectorPreview>;
