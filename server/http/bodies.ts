import type { App } from './types.ts';

export const JSON_LIMIT = 256 * 1024;
export const CAP_LIMIT = 256 * 1024;
export const INGEST_LIMIT = 8 * 1024 * 1024;
export const ATTACHMENT_LIMIT = 30 * 1024 * 1024;
const DEPTH_LIMIT = 24;

/** A body that cannot be read, by whoever sent it. */
export class BodyError extends Error {
  readonly statusCode: number;
  constructor(message: string) {
    super(message);
    this.statusCode = 400;
  }
}

function isTooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  return Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

/** Bytes → text, refusing what is not UTF-8. Fails: throws an error of status 400. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BodyError('the body is not UTF-8');
  }
}

/** JSON → value, or undefined when it is broken or nested without sense. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value, DEPTH_LIMIT) ? undefined : value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The parsers of the border: one for JSON, raw text for the bodies that routes read themselves. */
export function addBodyParsers(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => {
    if (body.length === 0) return undefined;
    const value = parseJson(textOf(body));
    if (value === undefined) throw new BodyError('the body is not JSON');
    return value;
  });
  app.addContentTypeParser(['application/x-ndjson', 'application/x-www-form-urlencoded', 'application/cap+xml', 'application/xml', 'application/sdp', 'text/xml'], { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => textOf(body));
}
