import type { CommandName, CommandReply, CommandRequest, HandshakeReason, PushBody, PushName } from '#contract/events.ts';
import type { Outcome } from '#contract/faults.ts';

/** Why the way to the server closed. */
export type DownReason = { kind: 'refused'; reason: HandshakeReason } | { kind: 'lost' };

/** The one connection, as the rest of the client sees it: no socket library beyond this. */
export interface Wire {
  send<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<Outcome<CommandReply<N>>>;
  on<N extends PushName>(name: N, listener: (body: PushBody<N>) => void): () => void;
  onUp(listener: () => void): () => void;
  onDown(listener: (reason: DownReason) => void): () => void;
  readonly isUp: boolean;
  open(): void;
  /** Drops the connection; `open` starts it again. */
  drop(): void;
  close(): void;
}
