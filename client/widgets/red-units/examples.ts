import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [
  { name: 'two rules', settings: { rules: [{ code: 'KTXH-01', redBelow: 86 }, { code: 'DVC-01', redBelow: 95 }] } },
  { name: 'no rule', settings: {} },
];
