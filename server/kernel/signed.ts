import { createHmac } from 'node:crypto';

/**
 * Headers of a message that the other side can prove to be ours and takes once however often it comes:
 * `x-ioc-signature` is the HMAC-SHA-256 of the body, `idempotency-key` its name.
 */
export const signed = (key: string, body: string, secret: string): Record<string, string> => ({ 'idempotency-key': key, 'x-ioc-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` });
