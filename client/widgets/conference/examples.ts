import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [{ name: 'usual', settings: { camera: 'cam-1', label: 'Điểm cầu UBND thành phố' } }, { name: 'none chosen', settings: {} }];
