import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [{ name: 'none chosen', settings: {} }];
