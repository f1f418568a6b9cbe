import type { Centre, Configuration, Diagnostics, SetupState, UpkeepState } from '#contract/centre.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';

/** The first day and every day after it. */
export interface UpkeepPort {
  setup(): Promise<Outcome<SetupState>>;
  writeCentre(actor: Principal, centre: Centre): Promise<Outcome<Centre>>;
  state(): Promise<Outcome<UpkeepState>>;
  /** Makes a backup and puts it back into an empty folder to see that it holds. Fails: STATE_STEP while one is under way. */
  backUp(actor: Principal): Promise<Outcome<void>>;
  diagnostics(): Promise<Outcome<Diagnostics>>;
  exportConfiguration(): Promise<Outcome<Configuration>>;
  /** Writes the centre and the connections, all off; secrets are entered anew. */
  importConfiguration(actor: Principal, configuration: Configuration): Promise<Outcome<{ connectors: number }>>;
}
