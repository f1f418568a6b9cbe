import type { LogEntry } from '#contract/entry.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { createConnection } from '../../client/live/connection.ts';
import { createServerClock } from '../../client/live/serverClock.ts';
import { createSocketWire } from '../../client/live/socketWire.ts';
import { createTopicFollower } from '../../client/live/topicFollower.ts';
import type { Joined } from '../../client/live/topicStore.ts';
import type { Outcome } from '#contract/faults.ts';

/** A screen without a picture: the page's own connection and topic, on one address. */
export interface Listener {
  /** References of every alert it shows now, with their revisions. */
  shown(): Map<string, number>;
  readonly isOnline: boolean;
  /** How often it had to connect. */
  readonly connects: number;
  /** Time of the server as it believes it to be. Units: epoch ms. */
  serverNow(): number;
  /** What it knows of itself and of the server, for whoever looks for something lost. */
  told(): string;
  close(): void;
}

/** What a bad wire does to pushes on their way: passes each on as often and as late as it likes. */
export type Mangle = (pass: () => void) => void;

/** What is wrong with a screen: its wire, or its clock. */
export interface Wrong {
  mangle?: Mangle;
  localNow?: () => number;
}

export function openListener(url: string, token: string, { mangle = (pass) => pass(), localNow = Date.now }: Wrong = {}): Listener {
  const wire = createSocketWire({ origin: url, token });
  const clock = createServerClock(localNow);
  const follower = createTopicFollower('alert', (topic, after) => wire.send('topic.join', { topic, ...(after ? { after } : {}) } as never) as Promise<Outcome<Joined>>);
  const connection = createConnection({ wire, clock, localNow, random: () => 0.2, onMismatch: () => undefined });
  let connects = 0;
  let head: number | undefined;
  const stops = [
    wire.on('log.entry', (entry) => mangle(() => follower.push(entry))),
    connection.onState((state) => {
      if (state !== 'online') return follower.suspend();
      connects++;
      void follower.join();
    }),
    connection.onBeat(({ epoch, heads }) => {
      head = heads['alert'];
      follower.beat(epoch, head);
    }),
  ];
  return {
    shown: () => new Map((follower.store.things() as readonly LogEntry<AlertState>[]).map(({ rev, body }) => [body.ref, rev])),
    get isOnline() {
      return connection.state === 'online';
    },
    get connects() {
      return connects;
    },
    serverNow: () => clock.serverNow(),
    told: () => `${connection.state}, shows ${follower.store.things().length} up to ${follower.store.cursor?.seq}, the server says ${head}, beats behind ${follower.beatsBehind}, connected ${connects} times`,
    close() {
      for (const stop of stops) stop();
      connection.close();
      wire.close();
    },
  };
}
