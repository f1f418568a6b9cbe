import { createWorkingCalendar, type WorkingCalendar } from './workingCalendar.ts';
import holidays from './holidays.vn.json' with { type: 'json' };
import hours from './workingHours.json' with { type: 'json' };

/**
 * Working calendar of Vietnamese state offices, 2025–2027.
 * Source: Labour Code 45/2019/QH14, art. 111–112 (days, compensation when one falls on a weekend); the Government's
 * yearly notices for 2025 and 2026 (Tết, National Day, swapped days); Resolution 80-NQ/TW of 2026 (24/11).
 * Days marked provisional await a notice.
 */
export const vietnamCalendar: WorkingCalendar = createWorkingCalendar(hours, holidays);
