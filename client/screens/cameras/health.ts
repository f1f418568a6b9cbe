import type { CameraHealthRow } from '#contract/cameras.ts';

/** A camera that was looked at and is not well. */
export const isDown = ({ state }: Pick<CameraHealthRow, 'state'>): boolean => state !== null && state !== 'live' && state !== 'idle';

/** A picture that is this far off names the wrong minute. Units: ms. */
const CLOCK_OFF_MS = 30_000;

export const isClockOff = ({ clockOffsetMs }: Pick<CameraHealthRow, 'clockOffsetMs'>): boolean => Math.abs(clockOffsetMs ?? 0) > CLOCK_OFF_MS;

/** Cameras that belong together: how many are down, and how well they were on average; null when none was looked at. */
export interface HealthGroup {
  code: string | null;
  all: number;
  down: number;
  availability: number | null;
}

/** The worst first. */
export function groupHealth(rows: readonly CameraHealthRow[], by: 'unit' | 'ward' | 'contractor'): HealthGroup[] {
  const codes = [...new Set(rows.map((row) => row[by]))];
  return codes
    .map((code) => {
      const own = rows.filter((row) => row[by] === code);
      const known = own.flatMap(({ availability }) => (availability === null ? [] : [availability]));
      return { code, all: own.length, down: own.filter(isDown).length, availability: known.length === 0 ? null : known.reduce((sum, share) => sum + share, 0) / known.length };
    })
    .sort((a, b) => b.down - a.down || (a.availability ?? 1) - (b.availability ?? 1));
}

/** One report as CSV; text that a spreadsheet would run stays text. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
