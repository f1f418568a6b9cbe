import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeBundle } from '../start/bundle/makeBundle.ts';
import { ROOT } from '../start/root.ts';

const target = resolve(process.argv[2] ?? 'bundle');
mkdirSync(target, { recursive: true });
const { archive, bytes, sha256, packages, files } = await makeBundle(ROOT, target, Date.now(), (text) => console.log(text));
console.log(`✓ ${archive}\n  ${(bytes / 2 ** 20).toFixed(0)} MiB, ${files} tệp / files, ${packages} thư viện / packages\n  SHA-256 ${sha256}`);
