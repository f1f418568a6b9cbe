import type { HelpDesk, RolloutForms } from '#contract/rollout.ts';
import conformity from './conformity.json' with { type: 'json' };
import readiness from './readiness.json' with { type: 'json' };
import survey from './survey.json' with { type: 'json' };

/** The questions of a roll-out, as they are written in the files beside this one. */
export const formsWith = (help: HelpDesk | null): RolloutForms => ({ readiness, survey, conformity, help });
