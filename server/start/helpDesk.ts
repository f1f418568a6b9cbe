import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { HelpDesk } from '#contract/rollout.ts';
import type { Log } from '../kernel/log.ts';

/** Whom to call, from `help.json` of the data folder: `{ name, phone, email, hours }`. Null while nobody is named. */
export function readHelpDesk(dataFolder: string, log: Log): HelpDesk | null {
  const file = join(dataFolder, 'help.json');
  if (!existsSync(file)) return null;
  const given = JSON.parse(readFileSync(file, 'utf8')) as HelpDesk;
  const [problem] = Value.Errors(HelpDesk, given);
  if (!problem) return given;
  log.error({ file: 'help.json' }, `help.json: ${problem.instancePath || '/'} ${problem.message}`);
  return null;
}
