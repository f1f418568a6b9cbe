import { okay, refused } from '#contract/faults.ts';
import type { EventReceiversPort } from '../../domain/ports/eventReceivers.ts';

/** Receivers of which there is none. */
export function createFakeReceivers(): EventReceiversPort {
  const nothing = async () => refused('NOT_FOUND');
  return { list: async () => okay([]), write: async () => refused('SOURCE_SECRET'), turn: nothing, remove: nothing, deliveries: async () => okay([]), test: nothing };
}
