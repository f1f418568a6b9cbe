import type { FeedKind } from '../../domain/ports/feeds.ts';
import { matches, parseMessage } from './parse.ts';
import { Settings } from './settings.ts';

const LONGEST_PAYLOAD = 4096;
const RECONNECT_MS = 1000;

/** Sensors on an MQTT broker of the centre's own: each topic is one sensor. */
export const feed: FeedKind<Settings> = {
  name: 'mqtt',
  settings: Settings,
  async create({ id, send, clock, log }, { url, user, password, subscriptions, promiseS }) {
    const { connect } = await import('mqtt');
    const tally = { accepted: 0, rejected: 0, startedAt: clock.realNow(), heardAt: 0, lastAt: 0, reason: 'CONNECTING' };
    // The same name and a session that is kept: what comes while the link is cut is delivered afterwards.
    const client = connect(url, { clientId: `ioc-${id}`, clean: false, reconnectPeriod: RECONNECT_MS, ...(user === undefined ? {} : { username: user }), ...(password === undefined ? {} : { password }) });

    const lost = (reason: string): void => {
      if (tally.reason !== reason) log.warn({ reason }, 'broker does not answer');
      tally.reason = reason;
    };
    client.on('connect', () => {
      tally.reason = '';
      client.subscribe(subscriptions.map(({ filter }) => filter), { qos: 1 }, (error) => {
        if (error) lost('SUBSCRIBE');
      });
    });
    client.on('close', () => lost('CONNECTION'));
    client.on('error', (error) => lost('code' in error && typeof error.code === 'string' ? error.code : 'REFUSED'));

    let taking: Promise<void> = Promise.resolve();
    const take = async (topic: string, payload: Buffer): Promise<void> => {
      const subscription = subscriptions.find(({ filter }) => matches(filter, topic));
      if (!subscription) return;
      const item = payload.length > LONGEST_PAYLOAD ? 'MQTT_FORM' : parseMessage(topic, payload.toString('utf8'), subscription, clock.now());
      Object.assign(tally, { heardAt: clock.realNow(), lastAt: clock.now() });
      if (typeof item === 'string') {
        tally.rejected += 1;
        log.warn({ topic, code: item }, 'message refused');
        return;
      }
      const sent = await send('sensor', [item]);
      if (!sent.ok) return lost(sent.fault.code);
      const status = sent.value.results[0]?.status;
      if (status === 'accepted') tally.accepted += 1;
      else if (status !== 'duplicate') tally.rejected += 1;
    };
    client.on('message', (topic, payload) => void (taking = taking.then(() => take(topic, payload))));

    return {
      health() {
        const now = clock.realNow();
        const ageMs = tally.heardAt ? now - tally.heardAt : null;
        const isOld = (ageMs ?? now - tally.startedAt) > promiseS * 1000;
        const state = !isOld ? (ageMs === null ? 'waiting' : 'live') : tally.reason ? 'down' : 'stale';
        return { id, name: id, state, ageMs, lastAt: tally.lastAt || null, accepted: tally.accepted, rejected: tally.rejected, ...(tally.reason ? { reason: tally.reason } : {}) };
      },
      async close() {
        await client.endAsync(true);
        await taking;
      },
    };
  },
};
