import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSettings } from '../../layouts/checkSettings.ts';
import { loadLayouts } from '../../layouts/load.ts';
import { ROOT } from './root.ts';
import { readWidgetSettings } from './widgetSettings.ts';

test('every widget that a tile may show tells what it may be told, and every shipped scene keeps to it', async () => {
  const known = await readWidgetSettings(join(ROOT, 'client/widgets'));
  const { scenes, stages, widgets } = await loadLayouts(join(ROOT, 'layouts'));
  expect([...known.keys()].sort()).toEqual([...widgets].sort());
  const faults: string[] = [];
  for (const scene of [...scenes.values(), ...stages.values()]) checkSettings(scene, known, (path, code, detail) => void faults.push(`${scene.id} ${path.join('/')} ${code} ${detail}`));
  expect(faults).toEqual([]);
});

test('a server without the pages checks no settings', async () => {
  expect((await readWidgetSettings(join(ROOT, 'no-such-folder'))).size).toBe(0);
});
