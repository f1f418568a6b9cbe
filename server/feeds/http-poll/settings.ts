import Type, { type Static } from 'typebox';
import { Closed } from '#contract/base.ts';
import { TOPICS, type TopicName } from '#contract/topics.ts';
import { Mapping } from '../../domain/rows/rule.ts';

const Duration = Type.String({ pattern: '^\\d+(ms|s|m|h)$', description: 'e.g. 30s, 5m' });
const topics = Object.keys(TOPICS) as TopicName[];

/** Settings of one polled source, as written in `<data>/feeds/<id>.yaml`. */
export const Settings = Closed({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  topic: Type.Unsafe<TopicName>(Type.Union(topics.map((topic) => Type.Literal(topic)))),
  url: Type.String({ pattern: '^https?://', maxLength: 2000 }),
  every: Duration,
  /** After this long without an answer the source is stale; three periods when absent. */
  staleAfter: Type.Optional(Duration),
  timeout: Type.Optional(Duration),
  format: Type.Union([Type.Literal('json'), Type.Literal('geojson'), Type.Literal('csv')]),
  /** Path of the list inside a JSON document. */
  items: Type.Optional(Type.String({ maxLength: 200 })),
  headers: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]+$' }), Type.String({ maxLength: 2000, pattern: '^[\\x20-\\x7e]*$' }))),
  auth: Type.Optional(
    Type.Union([Closed({ bearer: Type.String({ minLength: 1 }) }), Closed({ user: Type.String({ minLength: 1 }), password: Type.String() })]),
  ),
  /** Lets the source be on this machine or a local network. */
  allowPrivate: Type.Optional(Type.Boolean()),
  ...Mapping.properties,
  map: Type.Optional(Mapping.properties.map),
});
export type Settings = Static<typeof Settings>;

const UNITS_MS = new Map([['ms', 1], ['s', 1000], ['m', 60_000], ['h', 3_600_000]]);

/** Length of a time written as `30s`. Units: ms. */
export function durationMs(text: string): number {
  const [, amount = '0', unit = 's'] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  return Number(amount) * UNITS_MS.get(unit)!;
}

/** Headers of a request, with the credential. Never logged. */
export function headersOf({ headers, auth }: Settings): Record<string, string> {
  const own = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  if (!auth) return own;
  return { ...own, authorization: 'bearer' in auth ? `Bearer ${auth.bearer}` : `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` };
}
