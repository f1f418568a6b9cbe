import type { Channel, OutgoingMessage } from '../../domain/ports/notices.ts';
import { signed } from '../../kernel/signed.ts';
import { bodyOf, subjectOf } from './message.ts';
import type { NotificationSettings } from './settings.ts';

const TIMEOUT_MS = 10_000;
type Fetch = typeof fetch;

async function post(fetchIt: Fetch, url: string, body: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetchIt(url, { method: 'POST', redirect: 'error', headers: { 'content-type': 'application/json', ...headers }, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
}

/** A webhook: the body is signed, and `idempotency-key` lets the other side take it once however often it comes. */
export function createWebhook({ url, secret }: NonNullable<NotificationSettings['webhook']>, fetchIt: Fetch): Channel {
  return {
    name: 'webhook',
    isRepeatable: true,
    async send({ id, kind, title, isUrgent, at }) {
      const body = JSON.stringify({ id, kind, title, isUrgent, at });
      await post(fetchIt, url, body, signed(id, body, secret));
    },
  };
}

/** The port to a gateway for SMS or Zalo: `{ id, channel, to, text }` with a bearer and an idempotency key. */
export function createGateway(name: 'sms' | 'zalo', { url, bearer }: NonNullable<NotificationSettings['sms']>, fetchIt: Fetch): Channel {
  const textOf = (message: OutgoingMessage) => (name === 'sms' ? subjectOf(message).slice(0, 160) : bodyOf(message));
  return {
    name,
    isRepeatable: true,
    send: (message) => post(fetchIt, url, JSON.stringify({ id: message.id, channel: name, to: message.address, text: textOf(message) }), { authorization: `Bearer ${bearer}`, 'idempotency-key': message.id }),
  };
}
