/** Something that happened at a moment. */
export interface Happening<T> {
  at: number;
  what: T;
}

/** What is known of the time ahead, taken out in order as the moment shown goes on. Units: domain time, epoch ms. */
export class Timeline<T> {
  #ahead: Happening<T>[] = [];
  #next = 0;

  clear(): void {
    this.#ahead = [];
    this.#next = 0;
  }

  add(happenings: readonly Happening<T>[]): void {
    this.#ahead = [...this.#ahead.slice(this.#next), ...happenings].sort((a, b) => a.at - b.at);
    this.#next = 0;
  }

  /** The first that is still ahead and is of this sort. */
  find<S extends T>(isWanted: (what: T) => what is S): Happening<S> | undefined {
    for (let index = this.#next; index < this.#ahead.length; index++) {
      const { at, what } = this.#ahead[index]!;
      if (isWanted(what)) return { at, what };
    }
    return undefined;
  }

  /** Everything up to a moment that was not taken yet, oldest first. */
  takeUntil(at: number): T[] {
    const from = this.#next;
    while (this.#next < this.#ahead.length && this.#ahead[this.#next]!.at <= at) this.#next++;
    return this.#ahead.slice(from, this.#next).map(({ what }) => what);
  }
}
