import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { Closed, Line, Nullable } from '#contract/base.ts';
import shipped from './settings.vi.json' with { type: 'json' };

const Rung = Closed({ id: Line(40), name: Line(200), isSupport: Type.Optional(Type.Boolean()) });

/** Who issues reports, to whom, and the ladder they climb: configuration of the province. */
export const ReportSettings = Closed({
  parent: Nullable(Line(200)),
  issuer: Line(200),
  issuerInText: Line(200),
  body: Line(40),
  place: Line(100),
  authority: Nullable(Line(100)),
  position: Line(100),
  addressees: Type.Array(Line(200), { minItems: 1 }),
  recipients: Type.Array(Line(200), { minItems: 1 }),
  ladder: Type.Array(Rung, { minItems: 1 }),
});
export type ReportSettings = Static<typeof ReportSettings>;

/** Checks settings. Fails: throws with the path of what is wrong. */
export function checkReportSettings(given: unknown): ReportSettings {
  const [problem] = Value.Errors(ReportSettings, given);
  if (problem) throw new Error(`report settings: ${problem.instancePath || '/'} ${problem.message}`);
  return given as ReportSettings;
}

/** The settings of an installation: those shipped, with `reports.json` of its folder over them. Fails: as `checkReportSettings`. */
export function readReportSettings(dataFolder: string): ReportSettings {
  const file = join(dataFolder, 'reports.json');
  const own = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
  return checkReportSettings({ ...shipped, ...own });
}
