import type { LogEntry } from '#contract/entry.ts';
import type { Fault } from '#contract/faults.ts';
import type { ScheduledWall, WallState } from '#contract/wall.ts';
import type { FrameLoop } from '../ui/frameLoop.ts';
import type { MovingStore } from './movingStore.ts';
import type { MovingReading, Reading } from './source.ts';
import type { TopicFollower } from './topicFollower.ts';
import { createWallSchedule, type WallSchedule } from './wallSchedule.ts';

/** Shows the things of a topic to components, refreshed at most once per animation frame. */
export class TopicView<Body> implements Reading<Body> {
  entries = $state.raw<readonly LogEntry<Body>[]>([]);
  isReady = $state(false);
  fault = $state.raw<Fault | null>(null);
  items = $state.raw<readonly Body[]>([]);

  readonly follower: TopicFollower;

  constructor(follower: TopicFollower, loop: FrameLoop, isHeld: () => boolean) {
    this.follower = follower;
    const { store } = follower;
    let shown = store.version;
    loop.onFrame(() => {
      if (store.version === shown || (this.isReady && isHeld())) return;
      shown = store.version;
      this.entries = store.things() as readonly LogEntry<Body>[];
      this.items = this.entries.map(({ body }) => body);
      this.fault = store.fault ?? null;
      this.isReady = true;
    });
  }
}

/** The latest of every thing that has a `ref` or an `id`, from pushes that carry only what changed. */
export class LatestView<Item> implements Reading<Item> {
  items = $state.raw<readonly Item[]>([]);
  isReady = $state(false);
  fault = $state.raw<Fault | null>(null);
  readonly #known = new Map<string, Item>();
  readonly #nameOf: (item: Item) => string;

  constructor(nameOf: (item: Item) => string) {
    this.#nameOf = nameOf;
  }

  /** Everything anew. */
  replace(items: readonly Item[]): void {
    this.#known.clear();
    this.take(items);
  }

  take(changed: readonly Item[]): void {
    for (const item of changed) this.#known.set(this.#nameOf(item), item);
    this.items = [...this.#known.values()];
    this.isReady = true;
  }
}

/** Moving things for figures: the version rises at most once a second, the columns are always the newest. */
export class MovingView implements MovingReading {
  version = $state(0);
  fault = $state.raw<Fault | null>(null);
  isReady = $state(false);
  readonly columns: MovingStore;

  constructor(columns: MovingStore) {
    this.columns = columns;
  }

  refresh(): void {
    if (this.version === this.columns.version) return;
    this.version = this.columns.version;
    this.isReady = this.columns.isWhole;
  }
}

/** What a wall shows and will show next; changes exactly when its moment of server time has come. */
export class WallView {
  current = $state.raw<WallState | null>(null);
  next = $state.raw<WallState | null>(null);
  fault = $state.raw<Fault | null>(null);
  readonly #schedule: WallSchedule = createWallSchedule();
  readonly #serverNow: () => number;
  readonly #stop: () => void;
  latest: ScheduledWall | null = null;

  constructor(loop: FrameLoop, serverNow: () => number) {
    this.#serverNow = serverNow;
    this.#stop = loop.onFrame(() => {
      if (this.#schedule.step(serverNow())) this.#show();
    });
  }

  get applied(): WallSchedule['applied'] {
    return this.#schedule.applied;
  }

  take(change: ScheduledWall): void {
    this.latest = change;
    this.fault = null;
    this.#schedule.take(change, this.#serverNow());
    this.#show();
  }

  close(): void {
    this.#stop();
  }

  #show(): void {
    this.current = this.#schedule.current;
    this.next = this.#schedule.next;
  }
}
