import { XMLBuilder } from 'fast-xml-parser';
import { FAULTS, type Fault } from '#contract/faults.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { feedbackPolicy } from '../../domain/feedback/policy.ts';
import { feedbackServiceOf, feedbackServices } from '../../domain/feedback/services.ts';

/** Formats of the standard. */
export type Format = 'json' | 'xml';

/** Last change of what this service offers. */
const CHANGED = '2026-11-22T00:00:00+07:00';

const xmlOf = (tree: object): string => `<?xml version="1.0" encoding="utf-8"?>${new XMLBuilder({ suppressEmptyNode: false }).build(tree)}`;

type Row = Record<string, string | number | boolean | null>;

/** Names of the list and of one row, as the XML form has them. */
export const ELEMENTS = { services: ['services', 'service'], requests: ['service_requests', 'request'], tokens: ['service_requests', 'request'], errors: ['errors', 'error'] } as const;

const DONE: ReadonlySet<FeedbackState['state']> = new Set(['verified', 'closed', 'rejected']);
const GRID = feedbackPolicy.publicGridDegrees;
const coarse = (degrees: number) => Number((Math.round(degrees / GRID) * GRID).toFixed(3));

/** A moment with the zone of the office. Shape: 2026-10-05T10:00:00+07:00. */
export const w3Time = (at: number): string => `${new Date(at + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;

/** The catalogue of services. */
export const serviceRows = (): Row[] =>
  feedbackServices.map(({ code, name, en, group, days }) => ({
    service_code: code, service_name: name, description: `${en}; xử lý trong ${days} ngày làm việc`, metadata: false, type: 'realtime', keywords: en.toLowerCase(), group,
  }));

/** One report. Its words, its exact place and its address are for the system that sent it; others read where, what and how far. */
export function requestRow(state: FeedbackState, isOwn: boolean): Row {
  const [lon, lat] = state.position ?? [null, null];
  return {
    service_request_id: state.id,
    status: DONE.has(state.state) ? 'closed' : 'open',
    status_notes: state.answer ?? null,
    service_name: feedbackServiceOf(state.service)?.name ?? state.service,
    service_code: state.service,
    description: isOwn ? state.description : null,
    agency_responsible: state.unit,
    service_notice: null,
    requested_datetime: w3Time(state.reportedAt),
    updated_datetime: w3Time(state.updatedAt),
    expected_datetime: w3Time(state.dueAt),
    address: isOwn ? state.address : null,
    address_id: null,
    zipcode: null,
    lat: lat === null || isOwn ? lat : coarse(lat),
    long: lon === null || isOwn ? lon : coarse(lon),
    media_url: null,
  };
}

/** What a service asks beyond the usual fields: nothing, so the list is empty. Undefined for an unknown service. */
export function writeDefinition(code: string, format: Format): string | undefined {
  if (!feedbackServiceOf(code)) return undefined;
  return format === 'json' ? JSON.stringify({ service_code: code, attributes: [] }) : xmlOf({ service_definition: { service_code: code, attributes: '' } });
}

/** Where a client finds this service, from its own address. Source: Open311 Service Discovery. */
export function writeDiscovery(base: string, format: Format): string {
  const formats = ['application/json', 'text/xml'];
  const about = { changeset: CHANGED, contact: `${base}/report`, key_service: `${base}/api/docs` };
  const endpoint = { specification: 'http://wiki.open311.org/GeoReport_v2', url: `${base}/open311/v2/`, changeset: CHANGED, type: 'production' };
  if (format === 'json') return JSON.stringify({ ...about, endpoints: [{ ...endpoint, formats }] });
  return xmlOf({ discovery: { ...about, endpoints: { endpoint: { ...endpoint, formats: { format: formats } } } } });
}

/** A refusal in the standard's form. */
export const errorRows = ({ code, message, pointer }: Fault): Row[] => [{ code: FAULTS[code].status, description: `${code}${pointer ? ` ${pointer}` : ''}: ${message}` }];

/** Rows as one of the two formats. */
export function writeRows(kind: keyof typeof ELEMENTS, rows: readonly Row[], format: Format): string {
  if (format === 'json') return JSON.stringify(rows);
  const [list, row] = ELEMENTS[kind];
  const shown = rows.map((each) => Object.fromEntries(Object.entries(each).map(([name, value]) => [name, value ?? ''])));
  return xmlOf({ [list]: { [row]: shown } });
}
