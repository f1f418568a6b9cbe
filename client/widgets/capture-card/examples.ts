import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [{ name: 'usual', settings: { device: 'HDMI', label: 'Máy tính phòng họp' } }, { name: 'none chosen', settings: {} }];
