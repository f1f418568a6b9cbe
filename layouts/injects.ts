const DAY_MS = 86_400_000;
const ZONE_AHEAD_MS = 7 * 3_600_000;
const DATE = /^=(day|month)([+-]\d{1,3})?$/;

function dateOf(kind: string, by: number, now: number): string {
  const local = new Date(now + ZONE_AHEAD_MS);
  if (kind === 'day') return new Date(local.getTime() + by * DAY_MS).toISOString().slice(0, 10);
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + by, 1)).toISOString().slice(0, 7);
}

function fill(value: unknown, now: number): unknown {
  if (Array.isArray(value)) return value.map((inner) => fill(inner, now));
  if (typeof value === 'object' && value !== null) return fillFields(value as Record<string, unknown>, now);
  const [, kind, by] = (typeof value === 'string' && DATE.exec(value)) || [];
  return kind === undefined ? value : dateOf(kind, Number(by ?? 0), now);
}

const fillFields = (fields: Record<string, unknown>, now: number): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => (name.endsWith('InS') && typeof value === 'number' ? [`${name.slice(0, -3)}At`, now + value * 1000] : [name, fill(value, now)])));

/** An item of a scenario with its times put in. Pure: the moment comes from outside. Units: domain time, epoch ms. */
export const itemAt = (item: Record<string, unknown>, now: number): Record<string, unknown> => fillFields(item, now);
