import type { SystemState } from '#contract/system.ts';

/** How this installation is. The HTTP floor adds what only it knows. */
export interface SystemPort {
  look(): Promise<Omit<SystemState, 'log' | 'version' | 'hasOwnCa'>>;
}
