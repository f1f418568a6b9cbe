import type { FeedHealth } from '#contract/entry.ts';
import { okay, type Outcome } from '#contract/faults.ts';
import type { FeedDeps } from '../../domain/ports/feeds.ts';
import type { Cursor, CursorFile } from './cursor.ts';
import type { Batch, SampleCity } from './sampleCity.ts';

interface PulseDeps extends Pick<FeedDeps, 'id' | 'send' | 'clock' | 'log'> {
  name: string;
  city: SampleCity;
  cursorFile: CursorFile;
}

/** Sends what the sample city says, once a second. */
export interface Pulse {
  /** Sends what is due. Events that were refused as a whole are sent again at the next beat, telemetry is not. */
  beat(): Promise<void>;
  health(): FeedHealth;
}

const SECOND_MS = 1000;
const STALE_MS = 15_000;

export function createPulse({ id, name, send, clock, log, city, cursorFile }: PulseDeps): Pulse {
  const tally = { accepted: 0, rejected: 0, lastAt: 0, heardAt: 0, reason: '' };
  let cursor: Cursor | undefined = cursorFile.read();
  let lastMoment = 0;

  const sendAll = async (batches: readonly Batch[]): Promise<Outcome<void>> => {
    for (const { topic, items } of batches) {
      const answer = await send(topic, items);
      if (!answer.ok) return answer;
      const faults = answer.value.results.flatMap(({ status, fault }) => (status === 'rejected' || status === 'conflict' ? [fault?.code ?? status] : []));
      tally.accepted += answer.value.results.filter(({ status }) => status === 'accepted').length;
      tally.rejected += faults.length;
      if (faults.length > 0) log.warn({ topic, refused: faults.length, first: faults[0] }, 'items of the sample city were refused');
    }
    return okay(undefined);
  };

  const tellEvents = async (now: number): Promise<Outcome<void>> => {
    const { batches, cursor: next } = cursor ? city.events(cursor, now) : city.opening(now);
    const sent = await sendAll(batches);
    if (!sent.ok) return sent;
    if (!cursor || batches.length > 0) cursorFile.write(next);
    cursor = next;
    return sent;
  };

  return {
    async beat() {
      const moment = Math.floor(clock.now() / SECOND_MS) * SECOND_MS;
      if (moment <= lastMoment) {
        // A stopped clock owes nothing.
        if (clock.rate() === 0 && !tally.reason) tally.heardAt = clock.realNow();
        return;
      }
      const told = await tellEvents(moment);
      const sent = told.ok ? await sendAll(city.telemetry(moment, Math.floor(clock.realNow() / SECOND_MS))) : told;
      if (!sent.ok) {
        if (!tally.reason) log.warn({ fault: sent.fault.code, detail: sent.fault.detail }, 'the door does not take the sample city');
        tally.reason = sent.fault.code;
        return;
      }
      if (tally.reason) log.info({}, 'the door takes the sample city again');
      Object.assign(tally, { lastAt: moment, heardAt: clock.realNow(), reason: '' });
      lastMoment = moment;
    },
    health() {
      const ageMs = tally.heardAt ? clock.realNow() - tally.heardAt : null;
      const isOld = ageMs !== null && ageMs > STALE_MS;
      const state = tally.reason ? 'down' : ageMs === null ? 'waiting' : isOld ? 'stale' : 'live';
      const { accepted, rejected, reason } = tally;
      return { id, name, state, ageMs, lastAt: tally.lastAt || null, accepted, rejected, provenance: 'simulated', ...(reason ? { reason } : {}) };
    },
  };
}
