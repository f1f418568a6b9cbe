import Type from 'typebox';
import { Closed } from '#contract/base.ts';
import { COMMANDS, type CommandName } from '#contract/events.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { LONGEST_FILE } from '#contract/scenario.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import type { WallsPort } from '../../domain/ports/walls.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { scopeOf, type Subtree } from '../../domain/scope.ts';
import { maskWall } from '../../domain/wall/maskWall.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { JSON_BODY, type App } from '../types.ts';
import type { RouteDeps } from './index.ts';

/** Commands that only make sense on an open socket. */
const SOCKET_ONLY: ReadonlySet<string> = new Set<CommandName>(['clock.sync', 'trace.painted', 'topic.join', 'topic.leave', 'wall.join', 'wall.leave', 'wall.report', 'wall.point', 'presence.open', 'presence.close', 'share.open', 'share.close', 'share.signal']);

/** Commands that carry a whole file, in characters of up to three bytes and then some for JSON. Units: bytes. */
const OF_A_FILE: ReadonlySet<string> = new Set<CommandName>(['scenario.check', 'scenario.write', 'scenario.save']);
const FILE_LIMIT = 4 * LONGEST_FILE;

/** What the socket does with a wall, by the same port. */
function wallHandlers(walls: WallsPort, subtree: Subtree): CommandHandlers {
  const shown = async (actor: Principal, change: Promise<Outcome<ScheduledWall>>): Promise<Outcome<ScheduledWall>> => {
    const outcome = await change;
    return outcome.ok ? { ok: true, value: maskWall(outcome.value, scopeOf(actor, subtree)) } : outcome;
  };
  return {
    'wall.apply': (actor, { wall, act, why }) => shown(actor, walls.act(actor, wall, act, why ?? '')),
    'wall.take': (actor, { wall, isForced }) => shown(actor, walls.take(actor, wall, isForced ?? false)),
    'wall.release': (actor, { wall }) => shown(actor, walls.release(actor, wall)),
  };
}

/** The same handlers and policies as the socket, for devices that have none. */
export function commandRoutes(app: App, { commands, walls, subtree }: RouteDeps): void {
  const handlers: CommandHandlers = { ...wallHandlers(walls, subtree), ...commands };
  for (const name of (Object.keys(COMMANDS) as CommandName[]).filter((command) => !SOCKET_ONLY.has(command))) {
    const { request: body, reply: value, policy } = COMMANDS[name];
    app.post(`/api/v1/commands/${name}`, {
      ...(OF_A_FILE.has(name) && { bodyLimit: FILE_LIMIT }),
      config: { policy, accepts: JSON_BODY },
      schema: { tags: ['commands'], summary: `Command ${name}`, body, response: { 200: value, ...refusals(400, 401, 403, 404, 409, 422) } },
      handler: async (request, reply) => {
        const handle = handlers[name] as ((actor: Principal, request: unknown) => Promise<Outcome<unknown>>) | undefined;
        if (!handle || !request.principal) return refuseWith(reply, 'COMMAND_UNKNOWN');
        return answer(reply, await handle(request.principal, request.body));
      },
    });
  }

  app.post('/api/v1/commands/:name', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { hide: true, params: Closed({ name: Type.String({ maxLength: 100 }) }) },
    handler: async (_request, reply) => refuseWith(reply, 'COMMAND_UNKNOWN'),
  });
}
