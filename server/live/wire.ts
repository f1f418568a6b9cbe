import type { Server, Socket } from 'socket.io';
import type { CommandName, CommandReply, CommandRequest, PushBody, PushName } from '#contract/events.ts';
import type { Fault } from '#contract/faults.ts';
import type { Scope } from '../domain/scope.ts';
import type { Principal } from '#contract/roles.ts';

/** Acknowledgement of a command. */
export type Answer<N extends CommandName = CommandName> = { ok: true; data: CommandReply<N> } | { ok: false; fault: Fault };

export type ServerEvents = { [N in PushName]: (body: PushBody<N>) => void };
export type ClientEvents = { [N in CommandName]: (request: CommandRequest<N>, reply: (answer: Answer<N>) => void) => void };

/** Who is behind a socket, as last read from the accounts. */
export interface Party {
  readonly token: string;
  principal: Principal;
  scope: Scope;
  /** Equal for parties that see the same things. */
  scopeKey: string;
  checkedAt: number;
  expiresAt: number;
}

type NoEvents = Record<never, never>;
export type LiveServer = Server<ClientEvents, ServerEvents, NoEvents, { party: Party }>;
export type LiveSocket = Socket<ClientEvents, ServerEvents, NoEvents, { party: Party }>;

/** Names of rooms; a room is one set of sockets that receive the same bytes. */
export const rooms = {
  scope: (scopeKey: string) => `scope ${scopeKey}`,
  log: (topic: string, scopeKey: string) => `log ${topic} ${scopeKey}`,
  sensors: (scopeKey: string) => `sensor ${scopeKey}`,
  frame: (layer: string) => `frame ${layer}`,
  /** `isWhole`: of those who may read every alert that a wall names. */
  wall: (wall: string, isWhole: boolean) => `wall ${isWhole ? '*' : 'masked'} ${wall}`,
  outputs: 'outputs',
} as const;
