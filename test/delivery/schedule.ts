import fc from 'fast-check';
import { CUTS } from '../support/tcpProxy.ts';

/** What may happen, in the order it is written down. `at` names a server or a screen by its number. */
export type Step =
  | { do: 'burst'; at: number; count: number }
  | { do: 'repeat'; at: number; count: number }
  | { do: 'other-body'; at: number; count: number }
  | { do: 'both'; count: number }
  | { do: 'cut'; at: number; how: (typeof CUTS)[number] }
  | { do: 'flap'; at: number; times: number }
  | { do: 'heal' }
  | { do: 'one-by-one'; at: number; count: number }
  | { do: 'newcomers'; at: number; count: number }
  | { do: 'kill'; at: number; count: number }
  | { do: 'crash-store' }
  | { do: 'freeze-store'; ms: number }
  | { do: 'stall'; ms: number }
  | { do: 'narrow'; isNarrow: boolean }
  | { do: 'step-clock'; at: number }
  | { do: 'restore' };

const server = fc.integer({ min: 0, max: 1 });
const count = fc.integer({ min: 1, max: 40 });
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('burst' as const), at: server, count }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('repeat' as const), at: server, count }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('other-body' as const), at: server, count }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('both' as const), count }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('cut' as const), at: server, how: fc.constantFrom(...CUTS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flap' as const), at: server, times: fc.integer({ min: 3, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('heal' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('one-by-one' as const), at: server, count: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('newcomers' as const), at: server, count: fc.integer({ min: 3, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), at: server, count }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash-store' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('freeze-store' as const), ms: fc.integer({ min: 500, max: 4000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stall' as const), ms: fc.integer({ min: 200, max: 3000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('narrow' as const), isNarrow: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('step-clock' as const), at: server }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const) }) },
);

/** Between two cuts of a line that flaps, long enough for a screen to be half way back. Units: ms. */
export const FLAP_MS = 150;

/** A hostile hour in little. Shrinks to the fewest steps that still break something. */
export const schedules = fc.array(step, { minLength: 4, maxLength: 12 });
