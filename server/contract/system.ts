import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable } from '#contract/base.ts';

/** Where a part of the map data comes from. `hasLicence` is false while its source states no licence for the data itself. */
export const MapOrigin = Closed({ from: Type.String(), licence: Type.String(), hasLicence: Type.Boolean(), files: Type.Integer({ minimum: 1 }) });
export type MapOrigin = Static<typeof MapOrigin>;

/** One server of several on the same store. Units: epoch ms of real time. */
export const NodeState = Closed({ id: Type.String(), name: Type.String(), version: Type.String(), startedAt: EpochMs, isThis: Type.Boolean(), isOnDuty: Type.Boolean() });
export type NodeState = Static<typeof NodeState>;

/** How signals pass between servers: `alone` without REDIS_URL, `down` while Redis does not answer. */
export const LineState = Type.Union([Type.Literal('alone'), Type.Literal('up'), Type.Literal('down')]);
export type LineState = Static<typeof LineState>;

/** The copy of the store that reports and exports are read from while it is fresh. `behindMs` is null while nobody knows. Units: ms. */
export const StoreCopy = Closed({ state: Type.Union([Type.Literal('fresh'), Type.Literal('late'), Type.Literal('away')]), behindMs: Nullable(Type.Integer({ minimum: 0 })) });

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
});
export type SystemState = Static<typeof SystemState>;
