import type { Live } from '../../live/live.svelte.ts';

/** Says which thing this desk has open, again after every cut, so that nobody handles it twice. */
export class Presence {
  #open: string | null = null;
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  /** Tells that this thing is open now; null for nothing. Told again when the connection comes back. */
  look(thing: string | null, isOnline: boolean): void {
    if (!isOnline) {
      this.#open = null;
      return;
    }
    if (thing === this.#open) return;
    if (this.#open !== null) void this.#live.command('presence.close', { thing: this.#open });
    this.#open = thing;
    if (thing !== null) void this.#live.command('presence.open', { thing });
  }

  /** Names of the others who have a thing open now; who had it open once is not known. */
  others(thing: string, me: string | null): string[] {
    if (this.#live.past) return [];
    return (this.#live.presence.get(thing) ?? []).filter(({ id }) => id !== me).map(({ name }) => name);
  }
}
