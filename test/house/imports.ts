/** One import of one file. `isType` when nothing of it runs. */
export interface Import {
  target: string;
  isType: boolean;
  line: number;
}

const STATEMENT = /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]/g;
const DYNAMIC = /\bimport\(\s*(?:\/\*[^*]*\*\/\s*)?['"`]([^'"`\n]+)['"`]/g;
const SCRIPT = /<script[^>]*>([\s\S]*?)<\/script>/g;

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, (text) => text.replace(/[^\n]/g, ' ')).replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1');
}

/** Every import of a `.ts`, `.mjs` or `.svelte` file, type-only ones too. */
export function importsOf(path: string, source: string): Import[] {
  const code = path.endsWith('.svelte') ? [...source.matchAll(SCRIPT)].map((match) => match[1]).join('\n') : source;
  const clean = withoutComments(code);
  const lineAt = (index: number) => clean.slice(0, index).split('\n').length;
  const found: Import[] = [];
  for (const match of clean.matchAll(STATEMENT)) found.push({ target: match[2]!, isType: match[1] !== undefined, line: lineAt(match.index) });
  for (const match of clean.matchAll(DYNAMIC)) found.push({ target: match[1]!, isType: false, line: lineAt(match.index) });
  return found;
}
