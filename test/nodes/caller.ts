import type { CommandName, CommandReply, CommandRequest, PushBody, PushName } from '#contract/events.ts';
import type { Outcome } from '#contract/faults.ts';
import { createSocketWire } from '../../client/live/socketWire.ts';

/** A person's connection to one server: sends commands, keeps the last push of each name. */
export interface Caller {
  ask<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<Outcome<CommandReply<N>>>;
  last<N extends PushName>(name: N): PushBody<N> | undefined;
  close(): void;
}

const KEPT = ['presence.changed', 'wall.pointed', 'wall.scheduled', 'shares.updated', 'share.signalled', 'outputs.updated'] as const satisfies readonly PushName[];

export async function openCaller(url: string, token: string): Promise<Caller> {
  const wire = createSocketWire({ origin: url, token });
  const last = new Map<PushName, unknown>();
  for (const name of KEPT) wire.on(name, (body: unknown) => void last.set(name, body));
  await new Promise<void>((resolve, reject) => {
    wire.onUp(resolve);
    wire.onDown((reason) => reject(new Error(JSON.stringify(reason))));
    wire.open();
  });
  return {
    ask: (name, request) => wire.send(name, request as never) as never,
    last: (name) => last.get(name) as never,
    close: () => wire.close(),
  };
}
