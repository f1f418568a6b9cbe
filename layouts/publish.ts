import { writeFile } from 'node:fs/promises';
import { LAYOUT_KINDS, publishedSchema, type LayoutKind } from './schema.ts';

for (const kind of Object.keys(LAYOUT_KINDS) as LayoutKind[]) {
  await writeFile(new URL(`schema/${kind}.json`, import.meta.url), `${JSON.stringify(publishedSchema(kind), null, 2)}\n`);
}
