import type { PushBody } from '#contract/events.ts';
import { offsetOf, type Exchange, type ServerClock } from './serverClock.ts';
import type { Wire } from './wire.ts';

/** `refused`: the server wants another session, or another build than this page. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'refused';

/** Keeps the wire open and the clock right; says when it is not. */
export interface Connection {
  readonly state: ConnectionState;
  /** Server time of the last beat. */
  readonly heardAt: number | null;
  onState(listener: (state: ConnectionState) => void): () => void;
  onBeat(listener: (beat: PushBody<'beat'>) => void): () => void;
  close(): void;
}

const SILENCE_MS = 4500;
const WATCH_EVERY_MS = 250;
/** A page that was too busy to look was not without signs: they wait behind its work. */
const LONGEST_LOOK_MS = 2 * WATCH_EVERY_MS;
const SYNC_EVERY_MS = 30_000;
/** While the clock may still be wrong by more than `FINE_MS`, it is asked sooner, some times after each opening. */
const SYNC_SOON_MS = 2000;
const SYNC_SOON_MOST = 4;
const FINE_MS = 3;
const SYNC_ROUNDS = 12;
/** Exchanges that still say something: five minutes of them. */
const SYNC_KEPT = 120;
const RETRY_FROM_MS = 300;
const RETRY_TO_MS = 2000;

interface Deps {
  wire: Wire;
  clock: ServerClock;
  localNow: () => number;
  random: () => number;
  /** The page is older or newer than the server. */
  onMismatch: () => void;
}

export function createConnection({ wire, clock, localNow, random, onMismatch }: Deps): Connection {
  const stateListeners = new Set<(state: ConnectionState) => void>();
  const beatListeners = new Set<(beat: PushBody<'beat'>) => void>();
  let state: ConnectionState = 'connecting';
  let heardAt: number | null = null;
  let lastLook = localNow();
  let silentMs = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  const become = (next: ConnectionState): void => {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  };
  const retryLater = (): void => {
    if (isClosed || retry !== undefined) return;
    retry = setTimeout(() => {
      retry = undefined;
      silentMs = 0;
      wire.open();
    }, RETRY_FROM_MS + random() * (RETRY_TO_MS - RETRY_FROM_MS));
  };

  let exchanges: Exchange[] = [];
  let soonLeft = 0;
  let sync: ReturnType<typeof setTimeout> | undefined;
  const syncClock = async (): Promise<boolean> => {
    clearTimeout(sync);
    for (let round = 0; round < SYNC_ROUNDS && wire.isUp; round++) {
      const sentAt = localNow();
      const answer = await wire.send('clock.sync', { sentAt });
      if (answer.ok) exchanges.push({ sentAt, ...answer.value, answeredAt: localNow() });
    }
    exchanges = exchanges.slice(-SYNC_KEPT);
    const measured = offsetOf(exchanges, localNow());
    if (measured) clock.take(measured);
    clearTimeout(sync);
    const isSoon = (measured?.errorMs ?? Infinity) > FINE_MS && soonLeft-- > 0;
    if (!isClosed && wire.isUp) sync = setTimeout(() => void syncClock(), isSoon ? SYNC_SOON_MS : SYNC_EVERY_MS);
    return measured !== undefined;
  };

  const stops = [
    wire.onUp(() => {
      silentMs = 0;
      exchanges = [];
      soonLeft = SYNC_SOON_MOST;
      void syncClock().then((isDone) => {
        if (isDone && wire.isUp) become('online');
        else if (wire.isUp) wire.drop();
      });
    }),
    wire.onDown((reason) => {
      if (isClosed) return;
      if (reason.kind === 'refused' && reason.reason !== 'stopping') {
        become('refused');
        if (reason.reason !== 'auth') onMismatch();
      } else {
        become('offline');
      }
      retryLater();
    }),
    wire.on('beat', (beat) => {
      silentMs = 0;
      heardAt = beat.at;
      clock.tellDomain(beat);
      for (const listener of beatListeners) listener(beat);
    }),
  ];
  const watch = setInterval(() => {
    const now = localNow();
    silentMs += Math.min(now - lastLook, LONGEST_LOOK_MS);
    lastLook = now;
    if (!wire.isUp || silentMs < SILENCE_MS) return;
    become('offline');
    wire.drop();
    retryLater();
  }, WATCH_EVERY_MS);
  wire.open();

  return {
    get state() {
      return state;
    },
    get heardAt() {
      return heardAt;
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    onBeat(listener) {
      beatListeners.add(listener);
      return () => beatListeners.delete(listener);
    },
    close() {
      isClosed = true;
      clearTimeout(retry);
      clearInterval(watch);
      clearTimeout(sync);
      for (const stop of stops) stop();
      wire.close();
    },
  };
}
