import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [{ name: 'usual', settings: {} }, { name: 'own lines', settings: { lines: ['Giao ban lúc 14:30 tại phòng điều hành'], alerts: false } }];
