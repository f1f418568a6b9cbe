import type { ConnectorText } from '#contract/connector.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { MoveService, ServicesAnswer, ServiceState, VendorsAnswer } from '#contract/service.ts';

/** The services a centre watches: what their folders say, where they stand, who speaks for them. */
export interface ServicesPort {
  /** Ready-made connections to the systems of the services. */
  adapters(): readonly ConnectorText[];
  list(): Promise<Outcome<ServicesAnswer>>;
  /** Fails: NOT_FOUND, and what `mayMove` refuses; a refusal for want of real sources lists the indicators. */
  move(actor: Principal, id: string, wish: MoveService): Promise<Outcome<ServiceState>>;
  /** Sources side by side, each one's score, and what was used by month. Units: epoch ms. Fails: NOT_FOUND. */
  vendors(id: string, from: number, to: number): Promise<Outcome<VendorsAnswer>>;
}
