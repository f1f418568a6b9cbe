import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Line, Nullable, UnitCode } from '#contract/base.ts';
import { ConnectorText } from '#contract/connector.ts';

const Short = Type.String({ maxLength: 120 });

/** Who this centre is and whom to call. `hasSample` false: the simulated city stays away from the next start on. */
export const Centre = Closed({
  name: Line(200),
  province: UnitCode,
  wall: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
  hasSample: Type.Boolean(),
  helpDesk: Closed({ name: Short, phone: Short, email: Short, hours: Short }),
  /** Every night at `backupAt` (Asia/Ho_Chi_Minh), the newest `keepBackups` kept. */
  backup: Closed({ isOn: Type.Boolean(), at: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }), keep: Type.Integer({ minimum: 1, maximum: 90 }) }),
  isSetUp: Type.Boolean(),
});
export type Centre = Static<typeof Centre>;

/** What the set-up can choose from, and how far it is. */
export const SetupState = Closed({
  centre: Centre,
  provinces: Type.Array(Closed({ code: UnitCode, name: Type.String(), units: Type.Integer() })),
  walls: Type.Array(Closed({ id: Type.String(), name: Type.String(), columns: Type.Integer(), rows: Type.Integer() })),
  accounts: Type.Integer(),
  sources: Type.Integer(),
});
export type SetupState = Static<typeof SetupState>;

/** One backup. `tested`: it was put back into an empty folder and read. */
export const BackupLine = Closed({ name: Type.String(), madeAt: EpochMs, bytes: Type.Integer(), tested: Nullable(Closed({ at: EpochMs, ok: Type.Boolean(), detail: Type.String() })) });
export type BackupLine = Static<typeof BackupLine>;

/** What the people who keep the server look at every day. `certificates`: whose and until when. `failing`: names of connections whose last question failed. */
export const UpkeepState = Closed({
  helpDesk: Centre.properties.helpDesk,
  backup: Centre.properties.backup,
  nextBackupAt: Nullable(EpochMs),
  isWorking: Type.Boolean(),
  fault: Nullable(Type.String()),
  backups: Type.Array(BackupLine),
  certificates: Type.Array(Closed({ of: Type.String(), until: EpochMs })),
  failing: Type.Array(Type.String()),
  licence: Type.String(),
  releaseNotes: Type.Array(Closed({ version: Type.String(), lines: Type.Array(Type.String()) })),
});
export type UpkeepState = Static<typeof UpkeepState>;

/** A configuration as it is carried to another installation: without secrets. */
export const Configuration = Closed({ product: Type.Literal('toan-canh'), centre: Centre, connectors: Type.Array(ConnectorText, { maxItems: 500 }) });
export type Configuration = Static<typeof Configuration>;

/** Facts for the help desk. No text of people, no address, no name of an account. */
export const Diagnostics = Closed({ product: Type.String(), version: Type.String(), at: EpochMs, runtime: Type.String(), system: Type.Unknown(), feeds: Type.Array(Type.Unknown()), connectors: Type.Array(Type.Unknown()), backups: Type.Array(BackupLine), machine: Type.Unknown(), settings: Type.Array(Type.String()) });
export type Diagnostics = Static<typeof Diagnostics>;
