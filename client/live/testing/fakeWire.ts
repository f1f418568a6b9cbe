import type { CommandName, PushName } from '#contract/events.ts';
import { refused, type Outcome } from '#contract/faults.ts';
import type { DownReason, Wire } from '../wire.ts';

/** A wire without a network: the test is the server. */
export interface FakeWire extends Wire {
  readonly sent: { name: string; request: unknown }[];
  readonly opened: number;
  answer(name: CommandName, reply: (request: never) => Outcome<unknown>): void;
  push(name: PushName, body: unknown): void;
  accept(): void;
  cut(reason?: DownReason): void;
}

export function createFakeWire(): FakeWire {
  const replies = new Map<string, (request: never) => Outcome<unknown>>();
  const pushes = new Map<string, Set<(body: never) => void>>();
  const ups = new Set<() => void>();
  const downs = new Set<(reason: DownReason) => void>();
  const sent: FakeWire['sent'] = [];
  let isUp = false;
  let opened = 0;

  const wire: FakeWire = {
    sent,
    get opened() {
      return opened;
    },
    get isUp() {
      return isUp;
    },
    send: (async (name: string, request: unknown) => {
      sent.push({ name, request });
      return isUp ? (replies.get(name)?.(request as never) ?? refused('COMMAND_UNKNOWN')) : refused('SERVER_STOPPING');
    }) as Wire['send'],
    on(name, listener) {
      const listeners = pushes.get(name) ?? new Set();
      pushes.set(name, listeners.add(listener as never));
      return () => listeners.delete(listener as never);
    },
    onUp(listener) {
      ups.add(listener);
      return () => ups.delete(listener);
    },
    onDown(listener) {
      downs.add(listener);
      return () => downs.delete(listener);
    },
    open: () => void opened++,
    drop: () => wire.cut(),
    close: () => void (isUp = false),
    answer: (name, reply) => void replies.set(name, reply),
    push: (name, body) => pushes.get(name)?.forEach((listener) => listener(body as never)),
    accept() {
      isUp = true;
      for (const listener of ups) listener();
    },
    cut(reason = { kind: 'lost' }) {
      isUp = false;
      for (const listener of downs) listener(reason);
    },
  };
  return wire;
}
