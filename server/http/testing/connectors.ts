import { okay, refused } from '#contract/faults.ts';
import type { ConnectorsPort } from '../../domain/ports/connectors.ts';

/** Connections of which there is none. */
export function createFakeConnectors(): ConnectorsPort {
  const nothing = async () => refused('NOT_FOUND');
  return { list: async () => okay([]), write: async () => refused('SOURCE_TEXT'), turn: nothing, remove: nothing, preview: async () => refused('SOURCE_UNREACHABLE'), runs: async () => okay([]), ask: nothing, backfill: nothing, cancel: nothing, take: nothing };
}
