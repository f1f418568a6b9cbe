import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { Closed } from '#contract/base.ts';
import type { Log } from '../../kernel/log.ts';

/** The centre above this one, from `federation.json` of the data folder (mode 0600): an account there that sees this centre's slice, and an ingest key of its own. */
export const FederationSettings = Closed({
  url: Type.String({ pattern: '^https?://[^/]+$', maxLength: 300 }),
  user: Type.String({ minLength: 2, maxLength: 100 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
  key: Type.String({ pattern: '^ioc_[a-z0-9]{1,16}_[A-Za-z0-9]{32,128}$' }),
  /** The source this centre is there, as named when the key was made: what comes from it is not taken back. */
  source: Type.String({ pattern: '^[a-z0-9]{1,16}$' }),
  everyS: Type.Optional(Type.Number({ minimum: 0.2, maximum: 3600 })),
});
export type FederationSettings = Static<typeof FederationSettings>;

/** Undefined while there is no centre above, 'broken' when the file can not be used. */
export function readFederation(dataFolder: string, log: Log): FederationSettings | 'broken' | undefined {
  const file = join(dataFolder, 'federation.json');
  if (!existsSync(file)) return undefined;
  const given = parsed(readFileSync(file, 'utf8'));
  const [problem] = Value.Errors(FederationSettings, given);
  if (!problem) return given as FederationSettings;
  log.error({ file: 'federation.json' }, `federation.json: ${problem.instancePath || '/'} ${problem.message}`);
  return 'broken';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
