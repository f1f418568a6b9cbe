import type { FastifyReply } from 'fastify';

/** Content policy of every answer. Own documents may be framed; frames of other sites are configurable. */
export function contentPolicy(frameSources: readonly string[]): string {
  const frames = ["'self'", ...frameSources].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    `frame-src ${frames}`,
  ].join('; ');
}

const PERMISSIONS = 'geolocation=(self), fullscreen=(self), display-capture=(self), window-management=(self), camera=(self), microphone=(), payment=(), usb=()';

export type HeaderSet = Readonly<Record<string, string>>;

export function securityHeaders(frameSources: readonly string[], isTls: boolean): HeaderSet {
  return {
    'content-security-policy': contentPolicy(frameSources),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': PERMISSIONS,
    ...(isTls ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

export function putHeaders(reply: FastifyReply, headers: HeaderSet, requestId: string): void {
  reply.headers({ ...headers, 'x-request-id': requestId });
}
