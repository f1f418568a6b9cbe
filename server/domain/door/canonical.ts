import { hash } from 'node:crypto';

/** JSON with sorted keys and nothing else left to choice: equal bodies give equal text. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
  return `{${members.join(',')}}`;
}

/** What tells one body from another. Shape: SHA-256 in hex. */
export const bodyHash = (body: unknown): string => hash('sha256', canonicalJson(body));
