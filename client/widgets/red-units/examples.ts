import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [
  { name: 'every indicator', settings: {} },
  { name: 'two indicators', settings: { codes: ['KTXH-01', 'KTXH-05'] } },
];
