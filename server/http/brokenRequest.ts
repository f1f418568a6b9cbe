import type { Socket } from 'node:net';
import { FAULTS, faultOf, type FaultCode } from '#contract/faults.ts';
import { faultBody } from './faults.ts';
import type { HeaderSet } from './headers.ts';

const CODES: Record<string, FaultCode> = { ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT', HPE_HEADER_OVERFLOW: 'REQUEST_TOO_LARGE' };

/** Answers what is no HTTP request, or one that came too slowly, and ends the connection. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket, headers: HeaderSet, requestId: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = CODES[error.code ?? ''] ?? 'REQUEST_BODY';
  const body = JSON.stringify(faultBody(faultOf(code), requestId));
  const lines = [
    `HTTP/1.1 ${FAULTS[code].status} ${code}`,
    ...Object.entries({ ...headers, 'x-request-id': requestId, 'content-type': 'application/json; charset=utf-8', connection: 'close' }).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
