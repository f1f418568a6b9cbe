import type { EventReceiver } from '#contract/eventReceiver.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { EventReceiversPort } from '../../domain/ports/eventReceivers.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import { eventBody } from '../../domain/receiver/message.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Random } from '../../kernel/random.ts';
import type { Engine } from '../../store/engine/engine.ts';
import { createReceiverStore, RECEIVER_WAKE } from '../../store/receivers/receivers.ts';
import type { Seal } from '../../store/topics/seal.ts';
import { guarded } from '../../store/work/guarded.ts';
import { createTeller, tell, type Teller } from './teller.ts';

/** The server that tells may have changed without anybody changing a receiver. */
const LOOK_MS = 5000;

interface Deps {
  engine: Engine;
  seal: Seal;
  log: LogPort;
  clock: Clock;
  random: Random;
  logger: Log;
  isOnDuty(): boolean;
}

/** Receivers declared by the administrator: kept, tried, told side by side. One that does not answer never holds another. */
export async function openReceivers({ engine, seal, log, clock, random, logger, isOnDuty }: Deps): Promise<EventReceiversPort & Closable & { close(): Promise<void> }> {
  const store = createReceiverStore({ engine, seal, now: clock.realNow });
  const tellers = new Map<string, Teller>();
  let wasOnDuty = isOnDuty();
  let isClosed = false;
  let changing: Promise<void> = Promise.resolve();

  /** Brings the tellers in line with what is kept; `all`: those that did not change too. */
  const renew = (all = false): Promise<void> =>
    (changing = changing.then(async () => {
      const kept = isClosed ? [] : await store.all();
      for (const [id, teller] of tellers) {
        if (!all && kept.some((one) => one.text.id === id && one.rev === teller.kept.rev)) continue;
        await teller.close();
        tellers.delete(id);
      }
      // What stands in the store may be newer than what was read before a teller ended.
      for (const one of isClosed ? [] : await store.all()) if (!tellers.has(one.text.id)) tellers.set(one.text.id, createTeller(one, { store, log, clock, random: random.fork(one.text.id), logger, isOnDuty }));
    }));
  const quietly = (work: Promise<void>) => void work.catch((error: unknown) => logger.warn({ error: String(error) }, 'receivers could not be read again'));
  await renew();
  const wakes = await engine.listen(RECEIVER_WAKE, () => quietly(renew()));
  const timer = setInterval(() => {
    if (isOnDuty() !== wasOnDuty) quietly(renew(true));
    wasOnDuty = isOnDuty();
  }, LOOK_MS);

  const shown = (teller: Teller): EventReceiver => {
    const { text, memory, isOn, rev, changedAt, changedBy } = teller.kept;
    const { sent, refused: turnedDown, lastSuccessAt, lastRefusalAt, fault, failures } = memory;
    const state = !isOn ? 'off' : fault ? 'failing' : lastSuccessAt === null ? 'waiting' : 'live';
    return { ...text, isOn, rev, changedAt, changedBy, state, sent, refused: turnedDown, lastSuccessAt, lastRefusalAt, fault, failures, nextAt: isOn ? teller.nextAt() : null };
  };
  const after = async (done: Outcome<void>, id: string): Promise<Outcome<EventReceiver>> => {
    if (!done.ok) return done;
    return guarded(async () => {
      await renew();
      const teller = tellers.get(id);
      return teller ? okay(shown(teller)) : refused('NOT_FOUND');
    });
  };

  return {
    // Another server may be the one that tells: what it noted stands in the store.
    list: () =>
      guarded(async () => {
        const noted = new Map((await store.all()).map((one) => [one.text.id, one.memory]));
        return okay([...tellers.values()].map((teller) => shown({ ...teller, kept: { ...teller.kept, memory: noted.get(teller.kept.text.id) ?? teller.kept.memory } })));
      }),
    write: async (actor, { receiver, secret, rev }) => after(await store.write(actor.id, receiver, secret, rev), receiver.id),
    turn: async (actor, id, isOn) => after(await store.turn(actor.id, id, isOn, { epoch: log.epoch(), seq: log.head() }), id),
    async remove(actor, id) {
      const removed = await store.remove(actor.id, id);
      return removed.ok ? guarded(async () => okay(await renew())) : removed;
    },
    deliveries: (id) => guarded(async () => okay(await store.deliveries(id))),
    test: (actor, id) =>
      guarded(async () => {
        const teller = tellers.get(id);
        if (!teller) return refused('NOT_FOUND');
        const at = clock.realNow();
        const begun = performance.now();
        const answer = await teller.send(`test-${at}`, eventBody(`test-${at}`, { topic: 'test', id: 'test', rev: 1, at, body: {} }));
        await store.noteTest(actor.id, id);
        return okay({ at, ms: Math.round(performance.now() - begun), fault: answer.ok ? null : tell(answer.fault) });
      }),
    async close() {
      isClosed = true;
      clearInterval(timer);
      await wakes.close();
      await renew(true);
    },
  };
}
