import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { COMMANDS, PUSHES, type CommandName, type CommandReply, type CommandRequest, type PushName } from '#contract/events.ts';
import { LogEntry } from '#contract/entry.ts';
import { faultOf, refused, type Fault, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { ALL_TOPICS, isJoinable } from '#contract/topics.ts';
import type { RefusalsPort } from '../domain/ports/refusals.ts';
import { passes } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { createAllowance } from './allowance.ts';
import type { Parties } from './parties.ts';
import type { LiveSocket } from './wire.ts';

/** What a handler may use beside its request. */
export interface Call {
  socket: LiveSocket;
  principal: Principal;
  /** Real time at which the command arrived, before any check. */
  receivedAt: number;
  /** Runs `act` right after the answer was handed to the socket. */
  afterReply(act: () => void): void;
}

export type LiveHandlers = { [N in CommandName]?: (call: Call, request: CommandRequest<N>) => Promise<Outcome<CommandReply<N>>> | Outcome<CommandReply<N>> };

export interface GatewayCounts {
  commands: number;
  refused: number;
  malformedPushes: number;
}

export interface Gateway {
  /** Names who carries out the commands. */
  serve(handlers: LiveHandlers): void;
  /** Serves the commands of one socket. */
  attach(socket: LiveSocket): void;
  /** Whether a push may go out; a malformed one is logged and counted, never sent. */
  isSoundPush(name: PushName, body: unknown): boolean;
  isSoundEntry(entry: LogEntry): boolean;
  counts(): GatewayCounts;
}

type Check = Pick<Validator, 'Check' | 'Errors'>;
const compileAll = <Part extends string>(table: Record<string, { [P in Part]: TSchema }>, part: Part): Map<string, Check> =>
  new Map(Object.entries(table).map(([name, row]) => [name, Compile(row[part])]));

/** JSON pointer to the first thing that is wrong. */
function pointerOf(check: Check, value: unknown): string {
  const [first] = check.Errors(value) as { keyword: string; instancePath: string; params: { requiredProperties?: string[]; additionalProperties?: string[] } }[];
  const child = first?.params.requiredProperties?.[0] ?? first?.params.additionalProperties?.[0];
  return `${first?.instancePath ?? ''}${child === undefined ? '' : `/${child.replaceAll('~', '~0').replaceAll('/', '~1')}`}`;
}

/** The one place where everything that comes in and everything that goes out is checked against the contract. */
export function createGateway(deps: { parties: Parties; refusals: RefusalsPort; clock: Clock; logger: Log; onEnded(socket: LiveSocket, change: 'moved' | 'ended'): void }): Gateway {
  const { parties, refusals, clock, logger, onEnded } = deps;
  let handlers: LiveHandlers = {};
  const requests = compileAll(COMMANDS, 'request');
  const replies = compileAll(COMMANDS, 'reply');
  const pushes = compileAll(PUSHES, 'body');
  const states = compileAll(ALL_TOPICS, 'state');
  const envelope: Check = Compile(LogEntry);
  const counts: GatewayCounts = { commands: 0, refused: 0, malformedPushes: 0 };
  const saidAt = new Map<string, number>();

  /** Finding out where costs a thousand times more than finding out that, so it is done at most once a second and name. */
  const reject = (name: string, check: Check, value: unknown): false => {
    counts.malformedPushes++;
    const now = clock.realNow();
    if (now - (saidAt.get(name) ?? 0) < 1000) return false;
    saidAt.set(name, now);
    logger.error({ push: name, pointer: pointerOf(check, value), soFar: counts.malformedPushes }, 'a malformed push was held back');
    return false;
  };

  const isName = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

  const admit = async (socket: LiveSocket, name: string, request: unknown, extra: number): Promise<Fault | undefined> => {
    if (!isName(name)) return faultOf('COMMAND_UNKNOWN');
    const check = requests.get(name)!;
    if (extra > 0 || !check.Check(request)) return faultOf('REQUEST_BODY', { pointer: extra > 0 ? '' : pointerOf(check, request) });
    const change = await parties.refresh(socket.data.party);
    if (change !== 'same') {
      onEnded(socket, change);
      return faultOf('AUTH_REQUIRED');
    }
    const { policy } = COMMANDS[name];
    if (!passes(policy, socket.data.party.principal)) return faultOf('AUTH_FORBIDDEN');
    if (policy !== 'wall') parties.touch(socket.data.party.token);
    return undefined;
  };

  const carryOut = async (call: Call, name: CommandName, request: unknown): Promise<Outcome<unknown>> => {
    const handler = handlers[name] as ((call: Call, request: unknown) => Promise<Outcome<unknown>>) | undefined;
    if (!handler) return refused('COMMAND_UNKNOWN');
    const outcome = await handler(call, request);
    const check = replies.get(name)!;
    if (!outcome.ok || check.Check(outcome.value)) return outcome;
    logger.error({ command: name, pointer: pointerOf(check, outcome.value) }, 'a malformed reply was held back');
    return refused('SERVER_FAULT');
  };

  const answer = async (socket: LiveSocket, name: string, args: unknown[]) => {
    const receivedAt = clock.realNow();
    const last = args.at(-1);
    const reply = typeof last === 'function' ? (last as (answer: unknown) => void) : undefined;
    const [request, ...extra] = reply ? args.slice(0, -1) : args;
    const after: (() => void)[] = [];
    const call: Call = { socket, principal: socket.data.party.principal, receivedAt, afterReply: (act) => void after.push(act) };
    counts.commands++;
    let outcome: Outcome<unknown>;
    try {
      const fault = await admit(socket, name, request, extra.length);
      call.principal = socket.data.party.principal;
      outcome = fault ? { ok: false, fault } : await carryOut(call, name as CommandName, request);
    } catch (error) {
      const isStoreAway = error instanceof Error && error.name === 'StoreUnavailable';
      if (!isStoreAway) logger.error({ command: name, error: error instanceof Error ? error.stack : String(error) }, 'a command failed');
      outcome = refused(isStoreAway ? 'STORE_UNAVAILABLE' : 'SERVER_FAULT');
    }
    if (!outcome.ok) {
      counts.refused++;
      const door = `command ${isName(name) ? name : '?'}`;
      refusals.note({ actor: call.principal.id, isKnown: true, route: door, door, code: outcome.fault.code });
    }
    reply?.(outcome.ok ? { ok: true, data: outcome.value } : outcome);
    for (const act of after) act();
  };

  return {
    serve: (given) => void (handlers = given),
    attach(socket) {
      const allowance = createAllowance(clock);
      socket.onAny((name: string, ...args: unknown[]) => {
        const reply = args.at(-1);
        if (allowance.take()) void answer(socket, name, args);
        else if (typeof reply === 'function') (reply as (answer: unknown) => void)({ ok: false, fault: faultOf('RATE_LIMITED') });
      });
    },
    isSoundPush(name, body) {
      const check = pushes.get(name)!;
      return check.Check(body) || reject(name, check, body);
    },
    isSoundEntry(entry) {
      if (!envelope.Check(entry) || !isJoinable(entry.topic)) return reject('log.entry', envelope, entry);
      const check = states.get(entry.topic)!;
      return check.Check(entry.body) || reject(`log.entry ${entry.topic}`, check, entry.body);
    },
    counts: () => ({ ...counts }),
  };
}

