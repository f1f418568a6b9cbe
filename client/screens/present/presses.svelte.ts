/** Why no press is taken: the server is out of reach, the last press is still under way, the wall is not known yet. */
export type Shut = 'cut' | 'sending' | 'connecting';

/** Keys and clicker of a presenter. A press that cannot be carried out now is said and forgotten: kept back, it would move the stage when nobody expects it. */
export class Presses {
  /** Why the last press did nothing. */
  missed = $state<Shut | null>(null);
  readonly #shut: () => Shut | null;

  constructor(shut: () => Shut | null) {
    this.#shut = shut;
  }

  /** A key held down is one press. */
  take(act: () => Promise<unknown>, event?: Pick<KeyboardEvent, 'repeat'>): void {
    if (event?.repeat) return;
    this.missed = this.#shut();
    if (this.missed === null) void act();
  }
}
