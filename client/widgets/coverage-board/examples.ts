import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [
  { name: 'usual', settings: {} },
  { name: 'one kind', settings: { kinds: [{ label: 'Máy chủ', all: 'ATTT-01', watched: 'ATTT-02' }] } },
];
