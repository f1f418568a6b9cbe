import type { IncomingHttpHeaders } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

function hostOf(origin: string): string | undefined {
  return /^https?:\/\/([^/]+)$/i.exec(origin)?.[1]?.toLowerCase();
}

/**
 * Whether an unsafe request may go on. A browser says where it comes from and must come from here;
 * what says nothing is no browser and is judged by its key or session alone.
 */
export function isFromHere(method: string, headers: IncomingHttpHeaders): boolean {
  if (SAFE_METHODS.has(method)) return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return headers.origin === undefined || (headers.host !== undefined && hostOf(headers.origin) === headers.host.toLowerCase());
}
