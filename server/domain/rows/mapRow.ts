import { TOPICS, type TopicName } from '#contract/topics.ts';
import { bodyHash } from '../door/canonical.ts';
import { valueAt } from './path.ts';
import type { Row, RowRefusal } from './rowRefusal.ts';
import type { Mapping, Rule } from './rule.ts';
import words from './text.vi.json' with { type: 'json' };
import { readBoolean, readGeometry, readNumber, readTime, type Read } from './values.ts';

/** An item made from a row, or why it could not be made. */
export type MappedRow = { line: number; item: { key: string } & Record<string, unknown> } | { refusal: RowRefusal };

/** Turns records into items of a topic. */
export type RowMapper = (row: Row) => MappedRow;

type FieldSchema = { type?: string };

const isMissing = (value: unknown) => value === undefined || value === null || value === '';
const HOLE = /\{([^{}]+)\}/g;

/**
 * Builds the mapper of a topic. Without a mapping, columns carry the names of the contract, `lon` and `lat` make the position
 * and a geometry the position or the area. A row without `key` is named by its content: the same row is the same message.
 * Fails: the first field that can not be read refuses its row; whether the item is right is for the door to say.
 */
export function createRowMapper(topic: TopicName, mapping?: Mapping): RowMapper {
  const properties = (TOPICS[topic].item as unknown as { properties: Record<string, FieldSchema> }).properties;
  return (row) => {
    const item: Record<string, unknown> = {};
    for (const [field, rule] of Object.entries(mapping?.map ?? namedAsContract(properties, row))) {
      const read = readField(rule, row, field, properties[field]);
      if ('code' in read) return { refusal: { line: row.line, field, ...read } };
      if (!isMissing(read.value)) item[field] = read.value;
    }
    const key = keyOf(mapping?.key, row, item);
    return typeof key === 'string' ? { line: row.line, item: { ...item, key } } : { refusal: { line: row.line, field: 'key', ...key } };
  };
}

function namedAsContract(properties: Record<string, FieldSchema>, { fields }: Row): Record<string, Rule> {
  const rules: Record<string, Rule> = {};
  for (const field of Object.keys(properties)) if (Object.hasOwn(fields, field)) rules[field] = { from: field };
  if ('position' in properties && Object.hasOwn(fields, 'lon') && Object.hasOwn(fields, 'lat')) rules.position = { lon: 'lon', lat: 'lat' };
  const shape = (fields.geometry as { type?: string } | null | undefined)?.type;
  if (shape === 'Point') rules.position = { from: 'geometry', geometry: 'position' };
  else if (shape !== undefined && 'area' in properties) rules.area = { from: 'geometry', geometry: 'area' };
  return rules;
}

function readField(rule: Rule, row: Row, field: string, schema: FieldSchema | undefined): Read {
  if (typeof rule === 'string') return rule.includes('{') ? fillTemplate(rule, row) : typed(valueAt(row.fields, rule), {}, field, schema);
  if ('value' in rule) return { value: rule.value };
  if ('lon' in rule) return readPosition(valueAt(row.fields, rule.lon), valueAt(row.fields, rule.lat));
  const raw = valueAt(row.fields, rule.from);
  if (isMissing(raw)) return { value: rule.else };
  if (rule.table) {
    const name = String(raw).trim();
    if (Object.hasOwn(rule.table, name)) return { value: rule.table[name] };
    return rule.else === undefined ? { code: 'ROW_TABLE', reason: words.table.replace('{text}', name.slice(0, 60)) } : { value: rule.else };
  }
  return typed(raw, rule, field, schema);
}

type Typing = Partial<Pick<Extract<Rule, { from: string }>, 'number' | 'scale' | 'time' | 'zone' | 'geometry'>>;

/** Reads a raw value as the rule says, else as the field's type in the contract asks. */
function typed(raw: unknown, { number, scale, time, zone, geometry }: Typing, field: string, schema: FieldSchema | undefined): Read {
  if (isMissing(raw)) return { value: undefined };
  if (geometry) return readGeometry(raw, geometry);
  if (time || zone || field === 'at' || field === 'dueAt') return readTime(raw, time, zone);
  if (number || scale || schema?.type === 'number' || schema?.type === 'integer' || field === 'level') {
    const read = readNumber(raw, number);
    return 'value' in read && scale !== undefined ? { value: Number(read.value) * scale } : read;
  }
  if (schema?.type === 'boolean') return readBoolean(raw);
  return { value: typeof raw === 'number' && schema?.type === 'string' ? String(raw) : raw };
}

function readPosition(lon: unknown, lat: unknown): Read {
  if (isMissing(lon) && isMissing(lat)) return { value: undefined };
  const pair = [lon, lat].map((text) => readNumber(String(text ?? '').replace(/^(\s*-?\d+),(\d+)\s*$/, '$1.$2')));
  const numbers = pair.map((read) => ('value' in read ? Number(read.value) : Number.NaN));
  return numbers.some(Number.isNaN) ? { code: 'ROW_PLACE', reason: words.place } : { value: numbers };
}

function fillTemplate(template: string, { fields }: Row): Read {
  let missing: string | undefined;
  const value = template.replace(HOLE, (_, name: string) => {
    const found = valueAt(fields, name.trim());
    if (isMissing(found)) missing = name.trim();
    return String(found);
  });
  return missing === undefined ? { value } : { code: 'ROW_MISSING', reason: words.missing.replace('{from}', missing) };
}

function keyOf(template: string | undefined, row: Row, item: Record<string, unknown>): string | { code: string; reason: string } {
  if (template !== undefined) {
    const read = fillTemplate(template, row);
    return 'code' in read ? read : String(read.value);
  }
  return typeof item.key === 'string' && item.key !== '' ? item.key : bodyHash(item).slice(0, 32);
}
