import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Parties } from './parties.ts';
import type { LiveSocket } from './wire.ts';

/** A party is read again at least this often, so that a change made on another node ends its sockets within five seconds. */
const LOOK_AGAIN_MS = 3000;
/** Bound of the work of one look; with more sessions each is still told by its own commands and by the accounts. */
const SESSIONS_PER_LOOK = 40;

export interface SessionWatch {
  /** Ends the sockets of sessions that the accounts say are over. */
  onEnded(sessions: readonly string[]): void;
  /** Reads again the parties that were read longest ago. */
  look(): Promise<void>;
}

/** Ends sockets whose session is over or whose rights changed. */
export function createSessionWatch(deps: {
  sockets(): Iterable<LiveSocket>;
  parties: Parties;
  clock: Clock;
  logger: Log;
  end(socket: LiveSocket, change: 'moved' | 'ended'): void;
}): SessionWatch {
  const { sockets, parties, clock, logger, end } = deps;
  return {
    onEnded(sessions) {
      parties.forget();
      const over = new Set(sessions);
      for (const socket of [...sockets()]) {
        const { session } = socket.data.party.principal;
        if (session !== undefined && over.has(session)) end(socket, 'ended');
      }
    },
    async look() {
      const now = clock.realNow();
      const due = [...sockets()].filter(({ data }) => now - data.party.checkedAt > LOOK_AGAIN_MS || now >= data.party.expiresAt);
      due.sort((a, b) => a.data.party.checkedAt - b.data.party.checkedAt);
      const tokens = new Set<string>();
      for (const socket of due) {
        const { party } = socket.data;
        tokens.add(party.token);
        if (tokens.size > SESSIONS_PER_LOOK) return;
        try {
          const change = await parties.refresh(party);
          if (change !== 'same') end(socket, change);
        } catch (error) {
          logger.warn({ error: String(error) }, 'a session could not be read again');
          return;
        }
      }
    },
  };
}
