import { hash } from 'node:crypto';

/** JSON with sorted keys and nothing else left to choice: equal bodies give equal text. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const record = value as Record<string, unknown>;
  let members = '';
  for (const key of Object.keys(record).sort()) {
    if (record[key] === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(record[key])}`;
  }
  return `{${members}}`;
}

/** What tells one body from another. Shape: SHA-256 in hex. */
export const bodyHash = (body: unknown): string => hash('sha256', canonicalJson(body));
