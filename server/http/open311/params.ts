import { createHash } from 'node:crypto';
import type { NewReport } from '#contract/citizen.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { PublishedQuery } from '../../domain/ports/citizens.ts';
import { checkReport } from '../reportForm.ts';

const DAY_MS = 86_400_000;
const WIDEST_MS = 90 * DAY_MS;
const MOST = 1000;

/** Parameters of a query or a form; the last of a repeated name counts. */
export type Params = ReadonlyMap<string, string>;

export const readParams = (text: string): Params => new Map(new URLSearchParams(text));

const listOf = (text: string | undefined) => text?.split(',').map((part) => part.trim()).filter(Boolean);

/** What `GET requests` asks for: 90 days at most, the newest 1,000. Fails: REQUEST_QUERY with the name of the parameter. */
export function publishedQuery(params: Params, now: number): Outcome<PublishedQuery> {
  const timeOf = (name: string) => (params.has(name) ? Date.parse(params.get(name) ?? '') : undefined);
  const [start, end] = [timeOf('start_date'), timeOf('end_date')];
  if (Number.isNaN(start)) return refused('REQUEST_QUERY', { pointer: '/start_date' });
  if (Number.isNaN(end)) return refused('REQUEST_QUERY', { pointer: '/end_date' });
  const statuses = new Set(listOf(params.get('status')));
  if ([...statuses].some((status) => status !== 'open' && status !== 'closed')) return refused('REQUEST_QUERY', { pointer: '/status' });
  const to = Math.min(end ?? (start === undefined ? now : start + WIDEST_MS), now + DAY_MS);
  return okay({
    ids: listOf(params.get('service_request_id'))?.slice(0, MOST),
    services: listOf(params.get('service_code')),
    isOpen: statuses.size === 1 ? statuses.has('open') : undefined,
    from: Math.max(start ?? 0, to - WIDEST_MS),
    to,
    limit: MOST,
  });
}

/** The report of a `POST requests`. The same post of one system on one day is one report. Fails: REPORT_*, REQUEST_BODY. */
export function reportOfPost(params: Params, source: string, now: number): Outcome<NewReport> {
  const day = Math.floor(now / DAY_MS);
  const said = [...params].filter(([name]) => name !== 'api_key').sort(([a], [b]) => a.localeCompare(b));
  const text = (name: string) => params.get(name)?.trim() || undefined;
  const [lat, long] = [text('lat'), text('long')];
  const name = [text('last_name'), text('first_name')].filter(Boolean).join(' ');
  const [phone, email, address] = [text('phone'), text('email'), text('address_string')];
  return checkReport({
    key: createHash('sha256').update(JSON.stringify([source, day, said])).digest('hex'),
    service: text('service_code') ?? '',
    description: params.get('description') ?? '',
    ...(address ? { address } : {}),
    ...(lat && long ? { position: [Number(long), Number(lat)] } : {}),
    ...(name || phone || email ? { contact: { ...(name ? { name } : {}), ...(phone ? { phone } : {}), ...(email ? { email } : {}) } } : {}),
  });
}
