import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ProcedureText } from '#contract/procedure.ts';
import { checkProcedure } from '../../domain/procedure/check.ts';

const FOLDER = new URL('../../domain/procedure/shipped/', import.meta.url);

/** The procedures that come with the product, one file each. Fails: throws with the file and the place that is not right. */
export function readShipped(folder: URL = FOLDER): ProcedureText[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const checked = checkProcedure(parse(readFileSync(new URL(name, folder), 'utf8')));
      if (!checked.ok) throw new Error(`${name}: ${checked.fault.pointer ?? ''} is not right`);
      return checked.value;
    });
}
