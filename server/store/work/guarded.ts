import { refused, type Outcome } from '#contract/faults.ts';
import { StoreUnavailable } from '../engine/errors.ts';

/** Runs a piece of work; a store that does not answer is an outcome, anything else is thrown on. */
export async function guarded<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
    throw error;
  }
}
