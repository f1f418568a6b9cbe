import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable } from '#contract/base.ts';

/** Where a part of the map data comes from. `hasLicence` is false while its source states no licence for the data itself. */
export const MapOrigin = Closed({ from: Type.String(), licence: Type.String(), hasLicence: Type.Boolean(), files: Type.Integer({ minimum: 1 }) });
export type MapOrigin = Static<typeof MapOrigin>;

/** One server of several on the same store. Units: epoch ms of real time. */
export const NodeState = Closed({ id: Type.String(), name: Type.String(), version: Type.String(), startedAt: EpochMs, isThis: Type.Boolean(), isOnDuty: Type.Boolean(), /** When it was last heard of, once it fell silent without saying goodbye. */ lostSince: Nullable(EpochMs) });
export type NodeState = Static<typeof NodeState>;

/** How signals pass between servers: `alone` without REDIS_URL, `down` while Redis does not answer. */
export const LineState = Type.Union([Type.Literal('alone'), Type.Literal('up'), Type.Literal('down')]);
export type LineState = Static<typeof LineState>;

/** The copy of the store that reports and exports are read from while it is fresh. `behindMs` is null while nobody knows. Units: ms. */
export const StoreCopy = Closed({ state: Type.Union([Type.Literal('fresh'), Type.Literal('late'), Type.Literal('away')]), behindMs: Nullable(Type.Integer({ minimum: 0 })) });

/** Why the centre above does not answer as it should: nobody there, the account or the ingest key refused, a clock that is off, `federation.json` not readable, the own store. */
export const LinkFault = Type.Union([Type.Literal('away'), Type.Literal('account'), Type.Literal('key'), Type.Literal('clock'), Type.Literal('settings'), Type.Literal('store')]);
export type LinkFault = Static<typeof LinkFault>;

/** The link of a centre to the one above it. Units: epoch ms of real time. */
export const LinkAbove = Closed({
  /** Null while all is well. */
  fault: Nullable(LinkFault),
  /** Since when it is so. */
  since: EpochMs,
  /** When the centre above last answered in full; null while it never did. */
  heardAt: Nullable(EpochMs),
  /** Own alerts that the centre above has not taken yet. */
  waiting: Type.Integer({ minimum: 0 }),
  /** Alerts one side would not take, passed over so that the others go on; the newest reason. */
  refused: Nullable(Closed({ count: Type.Integer({ minimum: 1 }), code: Type.String(), at: EpochMs })),
});
export type LinkAbove = Static<typeof LinkAbove>;

/** `GET /api/v1/system`: how this installation is, for the people who keep it. Units: bytes, epoch ms of real time unless said. */
export const SystemState = Closed({
  version: Type.String(),
  runtime: Type.String(),
  startedAt: EpochMs,
  clock: Closed({ realAt: EpochMs, domainAt: EpochMs, rate: Type.Number(), isReal: Type.Boolean() }),
  store: Closed({
    kind: Type.Union([Type.Literal('embedded'), Type.Literal('postgres')]),
    state: Type.Union([Type.Literal('ready'), Type.Literal('recovering'), Type.Literal('closed')]),
    server: Type.String(),
    postgis: Type.String(),
    restarts: Type.Integer({ minimum: 0 }),
    lastFault: Nullable(Closed({ at: EpochMs, message: Type.String() })),
    lastSnapshotAt: Nullable(EpochMs),
    /** Null where there is none. */
    copy: Nullable(StoreCopy),
  }),
  log: Closed({ epoch: Type.String(), head: Type.Integer() }),
  /** Null when the disk can not be asked. `fullAt` is null while there is no trend. */
  disk: Nullable(Closed({ freeBytes: Type.Integer(), totalBytes: Type.Integer(), fullAt: Nullable(EpochMs) })),
  memoryBytes: Type.Integer(),
  map: Closed({ attribution: Type.String(), limits: Type.Array(Type.String()), origins: Type.Array(MapOrigin) }),
  hasOwnCa: Type.Boolean(),
  nodes: Type.Array(NodeState),
  line: LineState,
  /** Null for a centre that has none above it. */
  above: Nullable(LinkAbove),
  /** What this server finds wrong with the installation, as its alerts tell it, with the figure that says so. */
  ills: Type.Array(Closed({ kind: Type.String(), figure: Type.String(), since: EpochMs })),
});
export type SystemState = Static<typeof SystemState>;
