import type { TSchema } from 'typebox';

/** How a person gives a setting: one value, several of a list, a place, or parts that are fields themselves. */
export type FieldKind = 'boolean' | 'number' | 'text' | 'moment' | 'choice' | 'choices' | 'lines' | 'place' | 'group' | 'rows' | 'json';
export type Choice = string | number;

/** One field of a form, as far as the schema of a widget says it. */
export interface Field {
  name: string;
  kind: FieldKind;
  isRequired: boolean;
  choices: readonly Choice[];
  /** Parts of a `group`, or of every row of `rows`. */
  fields: readonly Field[];
  least?: number | undefined;
  most?: number | undefined;
  fallback?: unknown;
}

interface Rule {
  type?: string;
  const?: Choice;
  anyOf?: Rule[];
  items?: Rule | Rule[];
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  default?: unknown;
  description?: string;
  properties?: Record<string, Rule>;
  required?: string[];
}

const choicesOf = ({ anyOf = [] }: Rule): Choice[] => anyOf.flatMap((option) => (option.const === undefined ? [] : [option.const]));
const partsOf = ({ properties = {}, required = [] }: Rule): Field[] => Object.entries(properties).map(([name, rule]) => fieldOf(name, rule, required.includes(name)));

function shapeOf(rule: Rule): Pick<Field, 'kind' | 'choices' | 'fields'> {
  const one = (kind: FieldKind, more: Partial<Field> = {}) => ({ kind, choices: [], fields: [], ...more });
  if (choicesOf(rule).length > 0) return one('choice', { choices: choicesOf(rule) });
  if (rule.description === 'epoch ms UTC') return one('moment');
  if (rule.type === 'boolean') return one('boolean');
  if (rule.type === 'integer' || rule.type === 'number') return one('number');
  if (rule.type === 'string') return one('text');
  if (rule.type === 'object') return one('group', { fields: partsOf(rule) });
  if (Array.isArray(rule.items)) return rule.items.length === 2 && rule.items.every(({ type }) => type === 'number') ? one('place') : one('json');
  if (!rule.items) return one('json');
  if (choicesOf(rule.items).length > 0) return one('choices', { choices: choicesOf(rule.items) });
  if (rule.items.type === 'object') return one('rows', { fields: partsOf(rule.items) });
  return rule.items.type === 'string' ? one('lines') : one('json');
}

function fieldOf(name: string, rule: Rule, isRequired: boolean): Field {
  return { name, isRequired, least: rule.minimum, most: rule.maximum ?? rule.maxItems, fallback: rule.default, ...shapeOf(rule) };
}

/** The fields of a form for the settings of a widget. */
export const fieldsOf = (schema: TSchema): Field[] => partsOf(JSON.parse(JSON.stringify(schema)) as Rule);

const decimal = (written: string): number => Number(written.trim().replace(',', '.'));

function placeOf(written: string): [number, number] | null {
  const parts = written.split(/[;\s]+|,\s+/).filter(Boolean);
  const [lon, lat] = parts.map(decimal);
  return parts.length === 2 && lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}

function parsed(written: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(written) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What a person wrote into a field, as the setting; undefined takes the setting away. Fails: null for what is none. */
export function valueOf(field: Field, written: string): { value: unknown } | null {
  if (written.trim() === '') return { value: undefined };
  if (field.kind === 'number') return Number.isFinite(decimal(written)) ? { value: decimal(written) } : null;
  if (field.kind === 'choice') return { value: field.choices.find((choice) => String(choice) === written) };
  if (field.kind === 'lines') return { value: written.split('\n').map((line) => line.trim()).filter(Boolean) };
  if (field.kind === 'place') {
    const place = placeOf(written);
    return place && { value: place };
  }
  return field.kind === 'json' ? parsed(written) : { value: written };
}

/** A setting as it stands in its field. */
export function writtenOf({ kind }: Field, value: unknown): string {
  if (value === undefined) return '';
  if (kind === 'lines' && Array.isArray(value)) return value.join('\n');
  if (kind === 'place' && Array.isArray(value)) return value.join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** One of several choices switched on or off, in the order of the list; none chosen takes the setting away. */
export function toggled({ choices }: Field, value: unknown, choice: Choice): Choice[] | undefined {
  const chosen = new Set(Array.isArray(value) ? (value as Choice[]) : []);
  if (!chosen.delete(choice)) chosen.add(choice);
  return chosen.size > 0 ? choices.filter((one) => chosen.has(one)) : undefined;
}

/** A group or a row with one part changed; a part that is undefined is taken away, and a group of nothing is none. */
export function withPart(value: unknown, name: string, part: unknown): Record<string, unknown> | undefined {
  const next = { ...(value as Record<string, unknown> | undefined), [name]: part };
  if (part === undefined) delete next[name];
  return Object.keys(next).length > 0 ? next : undefined;
}
