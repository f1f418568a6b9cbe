import type { Connector, ConnectorSecrets, ConnectorText } from '#contract/connector.ts';

/** The ways that can be chosen, with how each is first filled in. */
export const TEMPLATES = ['rest-oauth2', 'rest-key', 'soap', 'sftp', 'folder', 'sql', 'mqtt', 'webhook'] as const;
export type Template = (typeof TEMPLATES)[number];

const SOAP_BODY = '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><!-- {since} --></soap:Body></soap:Envelope>';
const http = (more: object) => ({ kind: 'http', url: '', method: 'GET', auth: { kind: 'none' }, paging: { kind: 'none' }, allowPrivate: true, timeoutS: 20, ...more }) as ConnectorText['way'];

const WAYS: Record<Template, Pick<ConnectorText, 'way' | 'format' | 'items' | 'schedule'> & Partial<Pick<ConnectorText, 'topic' | 'mapping'>>> = {
  'rest-oauth2': { way: http({ auth: { kind: 'oauth2', tokenUrl: '', clientId: '', sendIn: 'header' }, paging: { kind: 'page', first: 1, size: 100 } }), format: 'json', items: 'result.records', schedule: { everyS: 60 } },
  'rest-key': { way: http({ auth: { kind: 'api-key', header: 'X-Api-Key' } }), format: 'json', items: '', schedule: { everyS: 60 } },
  soap: { way: http({ method: 'POST', body: SOAP_BODY, headers: { SOAPAction: '' } }), format: 'xml', items: 'Envelope.Body', schedule: { everyS: 300 } },
  sftp: { way: { kind: 'sftp', host: '', port: 22, user: '', folder: '/', pattern: '*.xlsx', hostKey: '', allowPrivate: true }, format: 'xlsx', items: '', schedule: { dailyAt: '02:00' } },
  folder: { way: { kind: 'folder', folder: 'tha-tep', pattern: '*.csv' }, format: 'csv', items: '', schedule: { everyS: 30 } },
  sql: { way: { kind: 'sql', host: '', port: 5432, database: '', user: '', view: '', mostRows: 50_000, tls: true, allowPrivate: true, timeoutS: 30 }, format: 'json', items: '', schedule: { everyS: 300 } },
  mqtt: { way: { kind: 'mqtt', host: '', port: 8883, user: '', filters: [], tls: true, allowPrivate: true }, format: 'json', items: '', schedule: { everyS: 2 }, topic: 'sensor', mapping: { key: '{@topic}@{@at}', map: { at: '@at', ref: '@topic', value: 'value' } } },
  webhook: { way: { kind: 'webhook' }, format: 'json', items: '', schedule: { everyS: 60 } },
};

/** A declaration as it is being typed. */
export interface Draft {
  text: ConnectorText;
  secrets: { secret: string; certificate: string; privateKey: string };
  /** Names of secrets that are kept already. */
  kept: readonly string[];
  rev: number;
}

export function emptyDraft(template: Template): Draft {
  return { text: structuredClone({ id: '', name: '', topic: 'alert', provenance: 'real', mapping: { map: {} }, ...WAYS[template] }), secrets: { secret: '', certificate: '', privateKey: '' }, kept: [], rev: 0 };
}

export function draftOf(connector: Connector): Draft {
  const { id, name, topic, provenance, way, format, items, mapping, schedule, tellBack, rev, secrets } = connector;
  return { text: structuredClone({ id, name, topic, provenance, way, format, items, mapping, schedule, ...(tellBack ? { tellBack } : {}) }), secrets: { secret: '', certificate: '', privateKey: '' }, kept: secrets, rev };
}

/** What was typed of the secrets; an empty field leaves the kept one as it is. */
export const typedSecrets = ({ secrets }: Draft): ConnectorSecrets => Object.fromEntries(Object.entries(secrets).filter(([, value]) => value.trim() !== ''));

/** Changes the way without losing what fits the new one. */
export function withTemplate(draft: Draft, template: Template): Draft {
  return { ...draft, text: { ...draft.text, ...structuredClone(WAYS[template]) } };
}

/** Which secrets a way needs. */
export function secretsOf({ way }: ConnectorText): readonly ('secret' | 'certificate' | 'privateKey')[] {
  if (way.kind === 'sftp') return ['secret', 'privateKey'];
  if (way.kind === 'sql') return ['secret'];
  if (way.kind === 'mqtt') return [...(way.user === '' ? [] : (['secret'] as const)), ...(way.tls ? (['certificate', 'privateKey'] as const) : [])];
  if (way.kind !== 'http') return [];
  const own = way.auth.kind === 'none' ? [] : (['secret'] as const);
  return way.url.startsWith('https:') ? [...own, 'certificate', 'privateKey'] : own;
}

/** Whether a span of the past can be asked for. */
export function canFill({ way }: Pick<ConnectorText, 'way'>): boolean {
  if (way.kind === 'sql') return way.since !== undefined;
  return way.kind === 'http' && `${way.url}${way.body ?? ''}`.includes('{since}');
}

/** Whether the state of what comes can be told back. */
export const canTellBack = ({ topic, way }: Pick<ConnectorText, 'topic' | 'way'>): boolean => topic === 'assignment' && way.kind === 'http';

type FieldRule = ConnectorText['mapping']['map'][string];

/** One line of the mapping as people fill it in: where from, and what the value needs. */
export interface Line {
  field: string;
  from: string;
  more: string;
}

const pairsOf = (table: Record<string, unknown>) => Object.entries(table).map(([name, value]) => `${name}=${String(value)}`).join('; ');

/** A rule as a line. `more` holds a time form, a table `cao=1; vừa=2`, or is empty. A constant is written `=value`. */
export function lineOf(field: string, rule: FieldRule): Line {
  if (typeof rule === 'string') return { field, from: rule, more: '' };
  if ('value' in rule) return { field, from: `=${String(rule.value)}`, more: '' };
  if ('lon' in rule) return { field, from: `${rule.lon}, ${rule.lat}`, more: '' };
  if (rule.table) return { field, from: rule.from, more: pairsOf(rule.table) };
  return { field, from: rule.from, more: rule.geometry ? 'geometry' : rule.zone || rule.time ? [rule.time ?? 'iso', rule.zone].filter(Boolean).join(' @ ') : '' };
}

const valueOf = (text: string): string | number | boolean => (text === 'true' ? true : text === 'false' ? false : text !== '' && !Number.isNaN(Number(text)) ? Number(text) : text);

/** A line as a rule, or undefined while it says nothing. */
export function ruleOf({ field, from, more }: Line): FieldRule | undefined {
  const path = from.trim();
  const rest = more.trim();
  if (path === '') return undefined;
  if (path.startsWith('=')) return { value: valueOf(path.slice(1).trim()) };
  if (rest === 'geometry') return { from: path, geometry: field === 'area' ? 'area' : 'position' };
  const pair = field === 'position' ? path.split(',').map((part) => part.trim()) : [];
  if (pair.length === 2 && pair[0] && pair[1]) return { lon: pair[0], lat: pair[1] };
  if (rest.includes('=')) {
    const table = rest.split(';').map((part) => part.split('=').map((word) => word.trim())).filter(([name, value]) => name && value !== undefined);
    return { from: path, table: Object.fromEntries(table.map(([name, value]) => [name!, valueOf(value!)])) };
  }
  if (rest === '') return path;
  const [form = 'iso', zone] = rest.split('@').map((part) => part.trim());
  return { from: path, ...(form === 'iso' ? {} : { time: form }), ...(zone ? { zone } : {}) };
}
