import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAYOUT_KINDS, type LayoutKind } from '../../layouts/schema.ts';
import { upgradeText } from '../../layouts/upgrade.ts';
import { ROOT } from '../start/root.ts';

const [folder = join(ROOT, 'layouts')] = process.argv.slice(2);
for (const [kind, { folder: inside }] of Object.entries(LAYOUT_KINDS) as [LayoutKind, (typeof LAYOUT_KINDS)[LayoutKind]][]) {
  for (const name of readdirSync(join(folder, inside)).filter((one) => one.endsWith('.yaml'))) {
    const path = join(folder, inside, name);
    const before = readFileSync(path, 'utf8');
    const upgraded = upgradeText(kind, before);
    if (!upgraded) continue;
    const { from, to } = upgraded.upgrade;
    writeFileSync(`${path}.v${from}`, before);
    writeFileSync(path, upgraded.text);
    console.log(`${inside}/${name}: ${from} → ${to} (bản cũ / as it was: ${name}.v${from})`);
  }
}
