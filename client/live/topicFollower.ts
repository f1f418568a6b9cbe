import type { JoinCursor, PushedEntry } from '#contract/entry.ts';
import type { Outcome } from '#contract/faults.ts';
import { createTopicStore, type Joined, type TopicStore } from './topicStore.ts';

/** Keeps one topic whole: joins, applies pushes, joins again from its cursor when something is missing. */
export interface TopicFollower {
  readonly store: TopicStore;
  /** Beats in a row that found the cursor behind the head of the beat before. */
  readonly beatsBehind: number;
  /** Joins, or joins again from the cursor. One join runs at a time; pushes that come meanwhile wait for it. */
  join(): Promise<void>;
  push(entry: PushedEntry): void;
  /** The head of this topic as told by a beat; one that stays ahead for more than a beat means a lost push. A question that was not answered is asked again. */
  beat(epoch: string, head: number | undefined): void;
  /** The connection is gone; the next `join` resumes. */
  suspend(): void;
}

export function createTopicFollower(topic: string, ask: (topic: string, after?: JoinCursor) => Promise<Outcome<Joined>>): TopicFollower {
  const store = createTopicStore(topic);
  let waiting: PushedEntry[] = [];
  let running: Promise<void> | undefined;
  let life = 0;
  /** The server gives up a seat with each question and a new one with its answer: in between no push comes. */
  let seat: 'none' | 'asked' | 'taken' = 'none';
  let behind = 0;
  let lastHead: number | undefined;

  const take = (joined: Joined): void => {
    seat = 'taken';
    store.takeJoined(joined);
  };
  const settle = (): boolean => {
    const pushes = waiting.sort((a, b) => a.seq - b.seq);
    waiting = [];
    return pushes.filter((entry) => entry.epoch === store.cursor?.epoch).every((entry) => store.takePush(entry) !== 'gap');
  };

  const run = async (mine: number): Promise<void> => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = await ask(topic, store.cursor);
      if (mine !== life) return;
      if (answer.ok) {
        take(answer.value);
        if (settle()) return;
      } else if (store.cursor && ['LOG_EPOCH', 'LOG_TOO_OLD'].includes(answer.fault.code)) {
        const fresh = await ask(topic);
        if (mine !== life) return;
        if (fresh.ok) {
          take(fresh.value);
          if (settle()) return;
        }
      } else {
        if (answer.fault.code.startsWith('AUTH_')) store.refuse(answer.fault);
        return;
      }
    }
  };

  const join = (): Promise<void> => {
    const mine = life;
    if (!running) seat = 'asked';
    running ??= run(mine).finally(() => {
      if (mine === life) running = undefined;
    });
    return running;
  };

  return {
    store,
    get beatsBehind() {
      return behind;
    },
    join,
    push(entry) {
      if (running || !store.cursor) {
        waiting.push(entry);
        return;
      }
      if (store.takePush(entry) === 'gap') {
        waiting.push(entry);
        void join();
      }
    },
    beat(epoch, head) {
      const { cursor } = store;
      const isUnseated = seat === 'asked' && !running && !store.fault;
      const isBehind = cursor !== undefined && (isUnseated || epoch !== cursor.epoch || (lastHead ?? 0) > cursor.seq);
      lastHead = head;
      behind = isBehind ? behind + 1 : 0;
      if ((isBehind || isUnseated) && !running) void join();
    },
    suspend() {
      life++;
      running = undefined;
      seat = 'none';
      waiting = [];
      behind = 0;
      lastHead = undefined;
    },
  };
}
