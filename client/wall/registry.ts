import type { WidgetDefinition } from '../live/widget.ts';

const FOLDERS = import.meta.glob<{ default: WidgetDefinition }>(['../widgets/*/index.ts', '!../widgets/_*/index.ts']);

const nameOf = (path: string): string => path.split('/').at(-2) ?? '';

/** Every widget of the product by the name of its folder. */
export const WIDGET_NAMES: readonly string[] = Object.keys(FOLDERS).map(nameOf).sort();

/** Loads a widget; undefined when there is no folder of that name. */
export async function loadWidget(name: string): Promise<WidgetDefinition | undefined> {
  const load = FOLDERS[`../widgets/${name}/index.ts`];
  return load && (await load()).default;
}
