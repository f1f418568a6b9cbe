import type { Channel } from '../../domain/ports/notices.ts';
import { createEmail } from './email.ts';
import { createGateway, createWebhook } from './gateway.ts';
import type { NotificationSettings } from './settings.ts';

/** Opens the ways out that are set. */
export function createChannels(settings: NotificationSettings, fetchIt: typeof fetch): Channel[] {
  const { email, webhook, sms, zalo } = settings;
  return [
    ...(email ? [createEmail(email)] : []),
    ...(webhook ? [createWebhook(webhook, fetchIt)] : []),
    ...(sms ? [createGateway('sms', sms, fetchIt)] : []),
    ...(zalo ? [createGateway('zalo', zalo, fetchIt)] : []),
  ];
}
