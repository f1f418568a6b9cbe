const BEARER = /^ioc_([a-z0-9]{1,16})_([A-Za-z0-9]{32,128})$/;

/** A whole ingest key, taken apart. */
export interface IngestBearer {
  id: string;
  secret: string;
}

/** Reads `ioc_<id>_<secret>`: id of 1–16 small letters and digits, secret of at least 32 letters and digits. */
export function parseBearer(bearer: string): IngestBearer | undefined {
  const [, id, secret] = BEARER.exec(bearer) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

/** How many keys of one source may be active, so that a new one can take over before the old one ends. */
export const ACTIVE_KEYS = 2;
