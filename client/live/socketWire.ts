import { io, type Socket } from 'socket.io-client';
import { HANDSHAKE_REASONS, type CommandName, type HandshakeReason } from '#contract/events.ts';
import { FAULTS, faultOf, type Fault, type Outcome } from '#contract/faults.ts';
import { CONTRACT_VERSION } from '#contract/version.ts';
import { unpacked } from './packed.ts';
import type { DownReason, Wire } from './wire.ts';

const ANSWER_WITHIN_MS = 8000;

type Answer = { ok: true; data: unknown } | { ok: false; fault: Fault };

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null && 'ok' in value;

const reasonOf = (error: Error & { data?: unknown }): HandshakeReason | undefined => {
  const told = typeof error.data === 'object' && error.data !== null && 'reason' in error.data ? error.data.reason : error.message;
  return HANDSHAKE_REASONS.find((reason) => reason === told);
};

/** The connection over Socket.IO. Reconnecting is decided by who owns the wire, so the library's own is off. */
export function createSocketWire(options: { origin: string; build?: () => string | undefined; token?: string | undefined }): Wire {
  const downListeners = new Set<(reason: DownReason) => void>();
  const socket: Socket = io(options.origin, {
    path: '/live',
    transports: ['websocket'],
    autoConnect: false,
    reconnection: false,
    timeout: 5000,
    auth: (give: (told: object) => void) => {
      const build = options.build?.();
      give({ contract: CONTRACT_VERSION, ...(build ? { build } : {}), ...(options.token ? { token: options.token } : {}) });
    },
  });
  const tellDown = (reason: DownReason): void => downListeners.forEach((listener) => listener(reason));

  socket.on('disconnect', () => tellDown({ kind: 'lost' }));
  socket.on('connect_error', (error) => {
    const reason = reasonOf(error);
    tellDown(reason ? { kind: 'refused', reason } : { kind: 'lost' });
  });

  const send = async (name: CommandName, request: unknown): Promise<Outcome<unknown>> => {
    if (!socket.connected) return { ok: false, fault: faultOf('SERVER_STOPPING') };
    try {
      const asked = name === 'topic.join' ? { ...(request as object), mayPack: true } : request;
      const answer: unknown = await socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, asked);
      if (!isAnswer(answer)) return { ok: false, fault: faultOf('SERVER_FAULT') };
      return answer.ok ? { ok: true, value: await unpacked(answer.data) } : { ok: false, fault: answer.fault };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { ok: false, fault: { ...faultOf('STORE_UNAVAILABLE', { detail }), message: FAULTS.SERVER_STOPPING.vi } };
    }
  };

  return {
    send: send as Wire['send'],
    on(name, listener) {
      socket.on(name as string, listener as never);
      return () => socket.off(name as string, listener as never);
    },
    onUp(listener) {
      socket.on('connect', listener);
      return () => socket.off('connect', listener);
    },
    onDown(listener) {
      downListeners.add(listener);
      return () => downListeners.delete(listener);
    },
    get isUp() {
      return socket.connected;
    },
    open: () => void socket.connect(),
    drop: () => void socket.disconnect(),
    close() {
      downListeners.clear();
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
}
