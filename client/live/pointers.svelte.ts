import type { WallPointer } from '#contract/wall.ts';
import type { Wire } from './wire.ts';

/** A pointer that nobody moved for so long is gone. Units: ms. */
const REST_MS = 6000;

/** Where people point on the walls of this page, as of the last seconds. */
export class Pointers {
  #all = $state.raw<readonly WallPointer[]>([]);
  readonly #rests = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #stop: () => void;

  constructor(wire: Wire) {
    this.#stop = wire.on('wall.pointed', (pointer) => this.#take(pointer));
  }

  on(wall: string): readonly WallPointer[] {
    return this.#all.filter((pointer) => pointer.wall === wall);
  }

  close(): void {
    this.#rests.forEach(clearTimeout);
    this.#stop();
  }

  #take(pointer: WallPointer): void {
    clearTimeout(this.#rests.get(pointer.by));
    const others = this.#all.filter(({ by }) => by !== pointer.by);
    this.#all = pointer.place ? [...others, pointer] : others;
    if (pointer.place) this.#rests.set(pointer.by, setTimeout(() => this.#take({ ...pointer, place: null }), REST_MS));
    else this.#rests.delete(pointer.by);
  }
}
