import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Puts one seeded fault into the product as it loads; the tree stays as it is. */
const { file, from, to } = JSON.parse(process.env.SEEDED_FAULT ?? '{}') as { file?: string; from?: string; to?: string };

if (file !== undefined && from !== undefined && to !== undefined) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(`/${file}`)) return loaded;
      const source = readFileSync(new URL(url), 'utf8');
      if (!source.includes(from)) throw new Error(`the seeded fault does not fit ${file} any more`);
      return { ...loaded, source: source.replace(from, to) };
    },
  });
}
