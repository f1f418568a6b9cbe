import type { CommandHandlers } from '../../domain/ports/work.ts';
import { alertNoteCommands } from './alertNotes.ts';
import { alertCommands } from './alerts.ts';
import { createDesk, type WorkDeps } from './desk.ts';
import { feedbackCommands } from './feedback.ts';
import { moderationCommands } from './moderation.ts';
import { requestNoteCommands } from './requestNotes.ts';
import { redirectCommand } from './redirect.ts';
import { requestCommands } from './requests.ts';

/** Handlers of every command on alerts, citizens' reports and handling requests. */
export function createWork(deps: WorkDeps): CommandHandlers {
  const desk = createDesk(deps);
  return {
    ...alertCommands(desk), ...alertNoteCommands(desk), ...feedbackCommands(desk), ...moderationCommands(desk),
    ...requestCommands(desk), ...requestNoteCommands(desk), ...redirectCommand(desk),
  };
}
