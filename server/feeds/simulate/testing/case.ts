import type { FeedCase } from '../../testing/feedCase.ts';

/** The sample city makes its own items; what can go away is the door. */
export const feedCase: FeedCase = {
  badRows: 0,
  goodRowsBesideBad: 1,
  promiseMs: 15_000,
  open: async ({ door }) => ({
    settings: { vehicleShare: 0.1 },
    offer: async () => void (door.isOpen = true),
    cut: async () => void (door.isOpen = false),
    close: async () => undefined,
  }),
};
