import type { JoinCursor, PushedEntry } from '#contract/entry.ts';
import type { Outcome } from '#contract/faults.ts';
import { LOGGED_TOPICS, type LoggedTopic } from '#contract/topics.ts';
import type { FrameLoop } from '../ui/frameLoop.ts';
import type { Kept } from './lastPicture.ts';
import type { StateOf } from './source.ts';
import { createTopicFollower, type TopicFollower } from './topicFollower.ts';
import type { Joined } from './topicStore.ts';
import { TopicView } from './views.svelte.ts';
import type { Wire } from './wire.ts';

/** A beat comes every second, and the first one only tells where the head was. */
const BEHIND_BEATS = 2;

/** The topics this page follows, each joined at its first reader and kept whole from then on. */
export interface TopicRooms {
  view<N extends LoggedTopic>(name: N): TopicView<StateOf<N>>;
  names(): Iterable<LoggedTopic>;
  take(entry: PushedEntry): void;
  /** Fills the topics nobody answered for yet with an earlier picture. */
  restore(topics: Kept['topics']): void;
  /** Everything joined, as it stands. */
  things(): Kept['topics'];
  onUp(): void;
  onDown(): void;
  onBeat(epoch: string, heads: Readonly<Record<string, number>>): void;
  /** Whether some topic has been older than the server's for some beats. */
  isBehind(): boolean;
}

export function createTopicRooms(wire: Wire, loop: FrameLoop, isHeld: () => boolean): TopicRooms {
  const ask = (topic: string, after?: JoinCursor) => wire.send('topic.join', { topic, ...(after ? { after } : {}) }) as Promise<Outcome<Joined>>;
  /** Views exist from the start: state born inside a component's `$derived` would never wake that `$derived`. */
  const views = new Map(LOGGED_TOPICS.map((name) => [name as LoggedTopic, new TopicView<unknown>(createTopicFollower(name, ask), loop, isHeld)]));
  const followers = new Map<LoggedTopic, TopicFollower>();

  const view = <N extends LoggedTopic>(name: N): TopicView<StateOf<N>> => {
    const found = views.get(name);
    if (!found) throw new Error(`${name} is not a logged topic`);
    if (!followers.has(name)) {
      followers.set(name, found.follower);
      if (wire.isUp) void found.follower.join();
    }
    return found as TopicView<StateOf<N>>;
  };

  return {
    view,
    names: () => followers.keys(),
    take: (entry) => followers.get(entry.topic as LoggedTopic)?.push(entry),
    restore(topics) {
      for (const [name, entries] of Object.entries(topics)) view(name as LoggedTopic).follower.store.restore(entries);
    },
    things: () => Object.fromEntries([...followers].map(([name, { store }]) => [name, store.things()])),
    onUp() {
      for (const follower of followers.values()) void follower.join();
    },
    onDown() {
      for (const follower of followers.values()) follower.suspend();
    },
    onBeat(epoch, heads) {
      for (const [name, follower] of followers) follower.beat(epoch, Object.hasOwn(heads, name) ? heads[name] : undefined);
    },
    isBehind: () => [...followers.values()].some(({ beatsBehind }) => beatsBehind >= BEHIND_BEATS),
  };
}
