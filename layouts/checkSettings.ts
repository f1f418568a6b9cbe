import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Scene, Tile } from '#contract/wall.ts';
import type { Path, Say } from './check.ts';

/** What widgets may be told by a scene. Shape: schema by the name of the widget. */
export type WidgetSettings = ReadonlyMap<string, TSchema>;

/** Refuses settings that their widget does not know or can not take, on every drawing of a scene. */
export function checkSettings({ tiles, variants = {} }: Scene, known: WidgetSettings, say: Say): void {
  const check = (drawn: readonly Tile[], at: Path): void =>
    drawn.forEach(({ id, widget, settings = {} }, index) => {
      const schema = known.get(widget);
      if (!schema || Value.Check(schema, settings)) return;
      const [wrong] = Value.Errors(schema, settings);
      say([...at, index, 'settings'], 'settings', `${id}: ${wrong?.instancePath || '/'} ${wrong?.message ?? ''}`.trim());
    });
  check(tiles, ['tiles']);
  for (const [name, variant] of Object.entries(variants)) check(variant.tiles, ['variants', name, 'tiles']);
}
