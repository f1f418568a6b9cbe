import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import type { FeedCase } from '../../testing/feedCase.ts';
import { freePort, untilOpen } from '../../testing/port.ts';

const BROKER = '/usr/sbin/mosquitto';
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as [string, unknown][];

/** Debian's mosquitto on the loopback, without a file of its own. */
export const feedCase: FeedCase = {
  badRows: 4,
  goodRowsBesideBad: 1,
  promiseMs: 5000,
  async open() {
    if (!existsSync(BROKER)) throw new Error('no MQTT broker: install Debian’s mosquitto');
    const port = await freePort();
    const url = `mqtt://127.0.0.1:${port}`;
    let broker: ChildProcess | undefined;
    const stop = async (): Promise<void> => {
      if (!broker) return;
      const gone = once(broker, 'exit');
      broker.kill('SIGKILL');
      broker = undefined;
      await gone;
    };
    return {
      settings: { url, promiseS: 5, subscriptions: [{ filter: 'city/water/+', kind: 'water-level', unitOfMeasure: 'm' }, { filter: 'city/rain/#', kind: 'rain', unitOfMeasure: 'mm/h' }] },
      async offer(content) {
        broker ??= spawn(BROKER, ['-p', String(port)], { stdio: 'ignore' });
        await untilOpen(port);
        const client = await connectAsync(url);
        for (const [topic, payload] of fixture(content)) await client.publishAsync(topic, JSON.stringify(payload), { retain: true, qos: 1 });
        await client.endAsync();
      },
      cut: stop,
      close: stop,
    };
  },
};
