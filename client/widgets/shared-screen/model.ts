import type { Share } from '#contract/share.ts';
import type { Settings } from './settings.ts';

/** The chosen share while it lasts, else the newest; one that has stopped is not replaced by another. */
export function chosenShare(shares: readonly Share[], { share }: Settings): Share | undefined {
  return share === undefined ? shares.at(-1) : shares.find(({ id }) => id === share);
}
