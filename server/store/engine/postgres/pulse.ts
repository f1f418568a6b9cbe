import type { Closable } from '../../../kernel/lifecycle.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Listener } from '../listener.ts';

const CHANNEL = 'ioc_pulse';
const PULSE_MS = 5000;
const DEAF_LOOK_MS = 1000;

/** Whether wake-ups arrive, and how late. */
export interface Pulse extends Closable {
  /** Time from the last NOTIFY to its arrival; null while none arrives. Units: ms. */
  lagMs(): number | null;
}

/** Wakes itself through the database every few seconds. While nothing arrives, as behind a pooler without DATABASE_LISTEN_URL, everybody is woken by the clock instead. */
export async function createPulse({ listener, notify, log, elapsed = () => performance.now() }: { listener: Pick<Listener, 'listen' | 'wakeAll'>; notify(channel: string): Promise<unknown>; log: Log; elapsed?: () => number }): Promise<Pulse> {
  let askedAt: number | undefined;
  let lagMs: number | null = null;
  let isDeaf = false;
  let isWakingAll = false;

  const listening = await listener.listen(CHANNEL, () => {
    if (askedAt === undefined || isWakingAll) return;
    lagMs = elapsed() - askedAt;
    askedAt = undefined;
    if (isDeaf) log.info({ lagMs: Math.round(lagMs) }, 'wake-ups of the database arrive again');
    isDeaf = false;
  });
  const beat = () => {
    if (askedAt !== undefined) {
      lagMs = null;
      if (!isDeaf) log.error({}, 'wake-ups of the database do not arrive: behind a pooler set DATABASE_LISTEN_URL to a direct connection; until then everything is looked at every second');
      isDeaf = true;
    }
    askedAt = elapsed();
    // A database that is away is told of elsewhere; here only its silence counts.
    notify(CHANNEL).catch(() => undefined);
  };
  const wakeByClock = () => {
    isWakingAll = true;
    if (isDeaf) listener.wakeAll();
    isWakingAll = false;
  };
  const timers = [setInterval(beat, PULSE_MS), setInterval(wakeByClock, DEAF_LOOK_MS)];
  for (const timer of timers) timer.unref();
  beat();
  return {
    lagMs: () => lagMs,
    async close() {
      for (const timer of timers) clearInterval(timer);
      await listening.close();
    },
  };
}
