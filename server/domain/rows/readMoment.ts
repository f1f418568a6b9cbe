const ZONE_MS = 7 * 3_600_000;

/** A moment as sheets write it: day/month/year with or without a time, or ISO 8601. Without a zone it is local. Units: epoch ms. */
export function readMoment(text: string): number | undefined {
  const [, day, month, year, hour = '0', minute = '0', second = '0'] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?)?\s*$/.exec(text) ?? [];
  if (day !== undefined) {
    const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) - ZONE_MS;
    const back = new Date(at + ZONE_MS);
    return back.getUTCDate() === Number(day) && back.getUTCMonth() === Number(month) - 1 && Number(hour) < 24 ? at : undefined;
  }
  if (!/^\d{4}-\d{2}-\d{2}/.test(text.trim())) return undefined;
  const iso = text.trim().replace(' ', 'T');
  const at = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : iso.length === 10 ? `${iso}T00:00+07:00` : `${iso}+07:00`);
  return Number.isNaN(at) ? undefined : at;
}
