import type { ChannelFlaw } from '#contract/noticeChannel.ts';

const CODES: Readonly<Record<string, ChannelFlaw>> = {
  ECONNECTION: 'unreachable', ECONNREFUSED: 'unreachable', ENOTFOUND: 'unreachable', EAI_AGAIN: 'unreachable', EDNS: 'unreachable', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', ESOCKET: 'unreachable', ECONNRESET: 'unreachable',
  ETIMEDOUT: 'timeout', UND_ERR_CONNECT_TIMEOUT: 'timeout', TimeoutError: 'timeout',
  EAUTH: 'sign-in', ETLS: 'certificate', DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate', SELF_SIGNED_CERT_IN_CHAIN: 'certificate', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate', CERT_HAS_EXPIRED: 'certificate', ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  EENVELOPE: 'address',
};
const MOST_WORDS = 300;

/** What went wrong with a message, by the error its channel threw; what nobody knows by name was refused by the other side. */
export function flawOf(error: unknown): { flaw: ChannelFlaw; detail: string } {
  const { message = String(error), code, name, cause } = (error ?? {}) as { message?: string; code?: string; name?: string; cause?: { code?: string; message?: string } };
  const detail = [message, cause?.message].filter(Boolean).join(': ').slice(0, MOST_WORDS);
  const isTls = /certificate|self.signed/i.test(detail);
  const known = [cause?.code, code, name].map((one) => (one && Object.hasOwn(CODES, one) ? CODES[one] : undefined)).find((one) => one !== undefined);
  const flaw = isTls ? 'certificate' : /^HTTP 40[13]/.test(message) ? 'sign-in' : (known ?? 'refused');
  return { flaw, detail };
}
