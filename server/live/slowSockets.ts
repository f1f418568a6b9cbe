import type { LiveSocket } from './wire.ts';

export const QUEUE_LIMIT = { entries: 1000, bytes: 4 * 1024 * 1024 };

interface QueuedPacket {
  data?: unknown;
  options?: { wsPreEncodedFrame?: Uint8Array[] };
}
/** The parts of engine.io and ws that show what waits for one socket. */
interface Engine {
  writeBuffer: QueuedPacket[];
  transport: { socket?: { bufferedAmount: number; terminate(): void } };
  close(): void;
}
export const engineOf = (socket: Pick<LiveSocket, 'conn'>): Engine => socket.conn as unknown as Engine;

const bytesOf = ({ data, options }: QueuedPacket): number => {
  if (options?.wsPreEncodedFrame) return options.wsPreEncodedFrame.reduce((sum, part) => sum + part.length, 0);
  if (typeof data === 'string') return data.length;
  return data instanceof Uint8Array ? data.byteLength : 0;
};

/** What waits to be sent to a socket. Units: packets, bytes. */
export function backlogOf(socket: LiveSocket): { entries: number; bytes: number } {
  const engine = engineOf(socket);
  const queued = engine.writeBuffer.reduce((sum, packet) => sum + bytesOf(packet), 0);
  return { entries: engine.writeBuffer.length, bytes: queued + (engine.transport.socket?.bufferedAmount ?? 0) };
}

export const isTooSlow = (socket: LiveSocket): boolean => {
  const { entries, bytes } = backlogOf(socket);
  return entries > QUEUE_LIMIT.entries || bytes > QUEUE_LIMIT.bytes;
};

/** Closes the connection so that the screen connects again and pulls from its cursor. What still waited is dropped. */
export function sendBack(socket: LiveSocket, graceMs = 2000): void {
  const engine = engineOf(socket);
  engine.writeBuffer.splice(0);
  socket.emit('session.ended', { reason: 'resync' });
  engine.close();
  setTimeout(() => engine.transport.socket?.terminate(), graceMs).unref();
}
