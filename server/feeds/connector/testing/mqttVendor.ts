import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { freePort, untilOpen } from '../../testing/port.ts';

/** Debian's mosquitto with one account, as a vendor of sensors runs it. */
export interface MqttVendor {
  port: number;
  publish(readings: readonly (readonly [station: string, payload: unknown])[]): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

const BROKER = '/usr/sbin/mosquitto';
export const MQTT_ACCOUNT = { user: 'ioc', password: 'mat-khau-mqtt-2026', filter: 'tram/+/muc-nuoc' };

export async function startMqttVendor(): Promise<MqttVendor> {
  if (!existsSync(BROKER)) throw new Error('no MQTT broker: install Debian’s mosquitto');
  const folder = mkdtempSync(join(tmpdir(), 'broker-'));
  const port = await freePort();
  let broker: ChildProcess | undefined;
  // The broker gives up the rights of root.
  chmodSync(folder, 0o777);
  execFileSync('mosquitto_passwd', ['-b', '-c', join(folder, 'passwords'), MQTT_ACCOUNT.user, MQTT_ACCOUNT.password]);
  chmodSync(join(folder, 'passwords'), 0o644);
  writeFileSync(join(folder, 'broker.conf'), `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${join(folder, 'passwords')}\npersistence true\npersistence_location ${folder}/\n`);
  const start = () => {
    broker = spawn(BROKER, ['-c', join(folder, 'broker.conf')], { stdio: 'ignore' });
    return untilOpen(port);
  };
  const stop = async () => {
    const gone = broker && once(broker, 'exit');
    broker?.kill('SIGTERM');
    await gone;
    broker = undefined;
  };
  await start();
  return {
    port,
    async publish(readings) {
      const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: MQTT_ACCOUNT.user, password: MQTT_ACCOUNT.password });
      for (const [station, payload] of readings) await client.publishAsync(`tram/${station}/muc-nuoc`, typeof payload === 'string' ? payload : JSON.stringify(payload), { qos: 1 });
      await client.endAsync();
    },
    start,
    stop,
    async close() {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}
