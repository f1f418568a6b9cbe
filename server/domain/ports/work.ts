import type { CommandName, CommandReply, CommandRequest } from '#contract/events.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';

/** What carries out a command of a person; rights by route are already checked, rights on the object are checked inside. */
export type CommandHandler<N extends CommandName> = (actor: Principal, request: CommandRequest<N>) => Promise<Outcome<CommandReply<N>>>;

/** Handlers by command name; each part of the product brings its own. */
export type CommandHandlers = { [N in CommandName]?: CommandHandler<N> };
