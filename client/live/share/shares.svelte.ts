import type { Share } from '#contract/share.ts';
import type { Reading } from '../source.ts';
import type { Wire } from '../wire.ts';

/** The pictures people share now, newest last. A lost server says nothing of them: the list is as it was last told. */
export class Shares implements Reading<Share> {
  items = $state.raw<readonly Share[]>([]);
  readonly isReady = true;
  readonly fault = null;
  readonly #stop: () => void;

  constructor(wire: Wire) {
    const stops = [wire.on('shares.updated', ({ shares }) => void (this.items = shares)), wire.onUp(() => void (this.items = []))];
    this.#stop = () => stops.forEach((stop) => stop());
  }

  close(): void {
    this.#stop();
  }
}
