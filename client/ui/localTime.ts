const OFFSET_MS = 7 * 3_600_000;
const FIELD = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/** A moment as a `datetime-local` field shows it in Asia/Ho_Chi_Minh, which knows no summer time. */
export const toField = (at: number): string => new Date(at + OFFSET_MS).toISOString().slice(0, 16);

/** The moment a field means, or null while it is not whole. Units: epoch ms. */
export function fromField(text: string): number | null {
  if (!FIELD.test(text)) return null;
  const at = Date.parse(`${text}:00Z`) - OFFSET_MS;
  return Number.isNaN(at) ? null : at;
}
