import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [
  { name: 'two languages', settings: { vi: 'Chào mừng đoàn công tác đến thăm trung tâm', en: 'Welcome to the centre', size: 'value' } },
  { name: 'nothing written', settings: {} },
];
