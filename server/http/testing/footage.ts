import { okay, refused } from '#contract/faults.ts';
import type { FootagePort } from '../../domain/ports/footage.ts';

/** Film of which there is none. */
export function createFakeFootage(): FootagePort {
  return {
    spans: async () => [],
    film: async () => refused('NOT_FOUND'),
    take: async () => refused('NOT_FOUND'),
    clips: async () => okay([]),
    clip: async () => refused('NOT_FOUND'),
  };
}
