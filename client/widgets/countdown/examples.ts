import type { WidgetExample } from '../../live/widget.ts';
import type { Settings } from './settings.ts';

export const examples: WidgetExample<Settings>[] = [
  { name: 'nearest deadline', settings: {} },
  { name: 'weekly report', settings: { at: Date.UTC(2026, 10, 27, 8), label: 'Báo cáo tuần, trước 15:00 thứ Sáu' } },
];
