import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [{ name: 'usual', settings: {} }, { name: 'stopped', settings: { share: 'share-gone' } }];
