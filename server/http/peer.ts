import type { FastifyRequest } from 'fastify';

/** Names and addresses of this machine only. */
export const isLoopbackHost = (host: string): boolean => host === 'localhost' || host === '::1' || host === '[::1]' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);

/** Whether the other end is this machine itself, and not a proxy on it that speaks for someone else. */
export function isLoopbackPeer(request: FastifyRequest): boolean {
  const { headers } = request;
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers['x-real-ip'] !== undefined;
  return !isForwarded && isLoopbackHost(request.socket.remoteAddress ?? '');
}

export const isTlsRequest = (request: FastifyRequest): boolean => 'encrypted' in request.socket && request.socket.encrypted === true;
