import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import type { ConnectorText, MqttWay } from '#contract/connector.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { readContent } from '../../../domain/connector/content.ts';
import type { RowRefusal } from '../../../domain/rows/rowRefusal.ts';
import { addressOf } from '../address.ts';
import { faultOfError } from '../http/request.ts';
import type { Portion, Reader, Secrets } from '../reader.ts';

const CONNECT_MS = 15_000;
const RECONNECT_MS = 1000;
/** As many may wait for the next look; more stay with the broker. */
const MOST_WAITING = 20_000;
/** A trial listens until this many came, or for so long. */
const TRIAL_MESSAGES = 20;
const TRIAL_MS = 8000;
const LOOK_EVERY_MS = 100;

interface Message {
  topic: string;
  payload: Buffer;
  at: number;
}

type Parts = Pick<ConnectorText, 'id' | 'format' | 'items'> & { way: MqttWay };

/** Each row of a message, with `@topic` and the moment it came as `@at`. A bare number or word is its `value`. */
async function rowsOf(text: Parts, messages: readonly Message[]): Promise<Portion> {
  const portion: Portion = { name: 'messages', sign: '', rows: [], refused: [] };
  for (const [index, { topic, payload, at }] of messages.entries()) {
    const line = index + 1;
    const own = { '@topic': topic, '@at': at };
    const bare = /^\s*[^\s{[<]+\s*$/.test(payload.toString('utf8')) ? payload.toString('utf8').trim() : undefined;
    if (bare !== undefined) {
      portion.rows.push({ line, fields: { ...own, value: Number.isNaN(Number(bare)) ? bare : Number(bare) } });
      continue;
    }
    const content = await readContent(text, payload);
    if (content.ok) for (const { fields } of content.value.rows) portion.rows.push({ line, fields: { ...own, ...fields } });
    const refusals: RowRefusal[] = content.ok ? content.value.refused : [{ line, field: topic, code: content.fault.code, reason: [content.fault.message, content.fault.detail].filter(Boolean).join(' ') }];
    for (const refusal of refusals) portion.refused.push({ ...refusal, line });
  }
  return portion;
}

/** Listens to a broker; a look takes what came since the last one. The session is kept by the broker while we are away. */
export function createMqttReader(text: Parts, { secret, certificate, privateKey }: Secrets, { realNow, isTrial }: { realNow(): number; isTrial: boolean }): Reader {
  const { way } = text;
  let client: MqttClient | undefined;
  let flaw: Outcome<never> | undefined;
  let waiting: Message[] = [];
  let goOn: (() => void) | undefined;
  let onNews: (() => void) | undefined;

  const open = async (): Promise<Outcome<void>> => {
    const address = await addressOf(way);
    if (!address.ok) return address;
    // Most installations never speak MQTT.
    const { connect } = await import('mqtt');
    const mine = (client = connect({
      protocol: way.tls ? 'mqtts' : 'mqtt', host: address.value, port: way.port, ...(isIP(way.host) === 0 ? { servername: way.host } : {}), clientId: isTrial ? `ioc-try-${realNow()}` : `ioc-${text.id}`, clean: isTrial,
      reconnectPeriod: RECONNECT_MS, connectTimeout: CONNECT_MS, ...(way.user ? { username: way.user, password: secret ?? '' } : {}), ...(way.ca ? { ca: way.ca } : {}), ...(certificate && privateKey ? { cert: certificate, key: privateKey } : {}),
    }));
    mine.handleMessage = (packet, done) => {
      waiting.push({ topic: packet.topic, payload: Buffer.from(packet.payload), at: realNow() });
      if (waiting.length < MOST_WAITING) done();
      else goOn = done;
    };
    return new Promise((resolve) => {
      mine.on('connect', () =>
        mine.subscribe(way.filters, { qos: 1 }, (error, granted) => {
          const isRefused = error !== null || granted?.some(({ qos }) => qos >= 128);
          const wasCut = flaw !== undefined;
          flaw = isRefused ? refused('SOURCE_LOGIN', { detail: way.filters.join(', ') }) : undefined;
          resolve(flaw ?? okay(undefined));
          if (wasCut) onNews?.();
        }),
      );
      mine.on('error', (error) => {
        const { code } = error as { code?: unknown };
        flaw = typeof code === 'number' ? refused('SOURCE_LOGIN', { detail: error.message }) : faultOfError(error as Error & { code?: string }, certificate !== undefined);
        resolve(flaw);
      });
      mine.on('close', () => {
        flaw ??= refused('SOURCE_UNREACHABLE', { detail: 'đóng' });
        resolve(flaw);
      });
    });
  };

  const drained = async (): Promise<Outcome<Portion> | undefined> => {
    const messages = waiting;
    waiting = [];
    goOn?.();
    goOn = undefined;
    return messages.length > 0 ? okay(await rowsOf(text, messages)) : undefined;
  };
  const close = () => {
    client?.end(true);
    client = flaw = undefined;
  };

  return {
    async *read({ signal }) {
      const opened = client ? okay(undefined) : await open();
      if (!opened.ok && isTrial) return yield opened;
      for (let passedMs = 0; isTrial && passedMs < TRIAL_MS && waiting.length < TRIAL_MESSAGES && !signal.aborted; passedMs += LOOK_EVERY_MS) await wait(LOOK_EVERY_MS);
      const portion = await drained();
      if (portion) yield portion;
      if (!opened.ok) yield opened;
      else if (flaw) yield flaw;
    },
    onNews(listener) {
      onNews = listener;
    },
    leave() {
      close();
      return drained();
    },
    close,
  };
}
