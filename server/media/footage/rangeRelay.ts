import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One RTSP session whose PLAY asks for a stretch of the past. */
export interface RangeRelay {
  /** The address to play: on this machine, for one connection. */
  url: string;
  close(): void;
}

/** A time as RTSP writes it on the clock of the world. Source: RFC 2326, 3.7. */
export const clockTime = (at: number): string => new Date(at).toISOString().replace(/[-:]/g, '');

/** Puts the range of a replay, and what ONVIF asks of its client, into a PLAY request; any other stays as it is. Source: ONVIF Streaming Specification, 6.4. */
export function withRange(request: string, from: number, to: number): string {
  if (!request.startsWith('PLAY ')) return request;
  const [line, ...headers] = request.split('\r\n');
  const kept = headers.filter((header) => !/^(Range|Require|Scale|Speed):/i.test(header));
  return [line, 'Require: onvif-replay', `Range: clock=${clockTime(from)}-${clockTime(to)}`, ...kept].join('\r\n');
}

const HEADER_END = '\r\n\r\n';
const LONGEST_REQUEST = 16 * 1024;

/** Passes what the client says on, request by request; RTCP between them goes as it is. */
function relayRequests(client: Socket, camera: Socket, from: number, to: number): void {
  let pending: Buffer = Buffer.alloc(0);
  client.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length > 0) {
      const isFrame = pending[0] === 0x24;
      const end = isFrame ? (pending.length >= 4 ? 4 + pending.readUInt16BE(2) : Infinity) : pending.indexOf(HEADER_END) + HEADER_END.length;
      if (end > pending.length || (!isFrame && end < HEADER_END.length)) break;
      const part = pending.subarray(0, end);
      camera.write(isFrame ? part : withRange(part.toString('latin1'), from, to), 'latin1');
      pending = pending.subarray(end);
    }
    if (pending.length > LONGEST_REQUEST) client.destroy();
  });
}

/**
 * Opens a way to a recorder that plays a stretch of the past: its address names a recording, the time goes into the request, which ffmpeg can not say.
 * Shape: `url` is pinned, host and port of the recorder itself. Units: epoch ms.
 */
export async function openRangeRelay(url: URL, from: number, to: number): Promise<RangeRelay> {
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: false }, (client) => {
    server.close();
    const camera = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 554 });
    for (const socket of [client, camera]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('close', () => camera.destroy());
    camera.on('close', () => client.destroy());
    camera.on('data', (chunk) => client.write(chunk));
    relayRequests(client, camera, from, to);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const local = new URL(url);
  local.hostname = '127.0.0.1';
  local.port = String((server.address() as AddressInfo).port);
  return {
    url: local.href,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
