import type { Connector, ConnectorPreview, ConnectorRun, ConnectorSecrets } from '#contract/connector.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { Source } from './door.ts';

/** Connections that an administrator declares, tries and lets run. */
export interface ConnectorsPort {
  list(): Promise<Outcome<Connector[]>>;
  /** Writes a declaration; a connector that runs goes on with the new one. Fails: SOURCE_TEXT, STATE_CONFLICT when `rev` is not the present one. */
  write(actor: Principal, text: unknown, secrets: ConnectorSecrets, rev: number): Promise<Outcome<Connector>>;
  /** Fails: NOT_FOUND, and for letting it run what a preview would say of the secrets. */
  turn(actor: Principal, id: string, isOn: boolean): Promise<Outcome<Connector>>;
  remove(actor: Principal, id: string): Promise<Outcome<void>>;
  /** Asks once and shows what would come of it; nothing is stored. Fails: as the other side does. */
  preview(text: unknown, secrets: ConnectorSecrets): Promise<Outcome<ConnectorPreview>>;
  runs(id: string): Promise<Outcome<ConnectorRun[]>>;
  /** Asks now, whatever the schedule says. Fails: NOT_FOUND, STATE_STEP when it is off. */
  ask(actor: Principal, id: string): Promise<Outcome<void>>;
  /** Takes a span of the past slice by slice; goes on after a restart. Fails: SOURCE_RANGE, SOURCE_BUSY. */
  backfill(actor: Principal, id: string, span: { from: number; to: number; sliceHours: number }): Promise<Outcome<ConnectorRun>>;
  cancel(actor: Principal, id: string): Promise<Outcome<void>>;
  /** A message of the other side to a connector that waits for calls. */
  take(id: string, source: Source, message: unknown): Promise<Outcome<ConnectorRun>>;
}
