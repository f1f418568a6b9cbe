import { okay, refused } from '#contract/faults.ts';
import type { RehearsalsPort } from '../../domain/ports/briefing.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { readRun } from './runRows.ts';

/** Reads what rehearsals told, for whoever writes down what a wall showed. */
export const createRehearsals = (engine: Engine): RehearsalsPort => ({
  async scenario(run) {
    try {
      const row = await readRun(engine, run);
      return okay(row && row.isRehearsal && row.phase !== 'removed' ? row.spec : undefined);
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  },
});
