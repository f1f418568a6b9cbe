import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import { Mapping } from '../../domain/rows/rule.ts';
import words from './text.vi.json' with { type: 'json' };

/** Rules for every file of a folder that has none of its own. */
export const FOLDER_RULES = '_mapping.yaml';

const isMapping = Compile(Mapping);

/** The rules that go with a file: `<file>.yaml`, else `_mapping.yaml` of its folder, else none. Fails: what is wrong with them. */
export function rulesFor(file: string): { mapping: Mapping | undefined } | { wrong: string } {
  const found = [`${file}.yaml`, join(dirname(file), FOLDER_RULES)].find((path) => existsSync(path));
  if (!found) return { mapping: undefined };
  const wrong = (detail: string) => ({ wrong: words.mapping.replace('{file}', basename(found)).replace('{detail}', detail) });
  try {
    const content: unknown = parse(readFileSync(found, 'utf8'));
    if (isMapping.Check(content)) return { mapping: content };
    const [first] = isMapping.Errors(content);
    return wrong(`${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim());
  } catch (error) {
    return wrong(error instanceof Error ? error.message.split('\n')[0]! : String(error));
  }
}
