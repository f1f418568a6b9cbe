import origins from './origins.json' with { type: 'json' };
import type { ReadFile } from './sources.ts';

interface Origin {
  licence: string;
  from: string;
}

const ORIGINS: Readonly<Record<string, Origin>> = origins.origins;
const FILES: Readonly<Record<string, readonly string[]>> = origins.files;

/** The record shipped beside the data: what each file is made of, under which licence, with hashes of both sides. */
export function provenance(read: readonly ReadFile[], written: readonly ReadFile[]): string {
  const sources = read.map((file) => ({ ...file, ...originOf(file.path) }));
  const files = written.map((file) => {
    const from = FILES[file.path] ?? [];
    const licences = sources.filter(({ path }) => from.some((start) => path.startsWith(start))).map(({ licence }) => licence);
    return { ...file, from, licences: [...new Set(licences)] };
  });
  const { attribution, command, limits } = origins;
  return `${JSON.stringify({ attribution, command, limits, files, sources }, null, 2)}\n`;
}

function originOf(path: string): Origin {
  const [best] = Object.keys(ORIGINS).filter((start) => path.startsWith(start)).sort((a, b) => b.length - a.length);
  const origin = ORIGINS[best ?? ''];
  if (!origin) throw new Error(`No licence on record for ${path}`);
  return origin;
}
