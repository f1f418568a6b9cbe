import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadFile } from './sources.ts';

/** Writes files into a folder, each whole or not at all, and remembers size and hash. */
export function createWriter(folder: string) {
  mkdirSync(folder, { recursive: true });
  const written: ReadFile[] = [];
  const bytes = (name: string, content: Uint8Array): void => {
    const path = join(folder, name);
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
    written.push({ path: name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  };
  return {
    bytes,
    text: (name: string, content: string) => bytes(name, Buffer.from(content)),
    written: () => [...written].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** JSON with one row per line under each list: small, and a change shows as the lines that changed. */
export function rowsJson(content: object): string {
  const parts = Object.entries(content).map(([key, value]) => {
    if (!Array.isArray(value)) return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    return `${JSON.stringify(key)}: [\n${value.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}
