import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [{ name: 'every wall', settings: {} }, { name: 'one wall', settings: { wall: 'w2x2' } }];
