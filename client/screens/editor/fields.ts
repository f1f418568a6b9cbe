import type { TSchema } from 'typebox';

/** One field of a form, as far as the schema of a widget says it. `text` fields hold JSON when `isJson`. */
export interface Field {
  name: string;
  kind: 'boolean' | 'number' | 'text' | 'choice';
  isJson: boolean;
  isRequired: boolean;
  choices: readonly (string | number)[];
  least?: number | undefined;
  most?: number | undefined;
  fallback?: unknown;
}

interface Rule {
  type?: string;
  const?: string | number;
  anyOf?: Rule[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  properties?: Record<string, Rule>;
  required?: string[];
}

const choicesOf = ({ anyOf = [] }: Rule): (string | number)[] => anyOf.flatMap((option) => (option.const === undefined ? [] : [option.const]));

function fieldOf(name: string, rule: Rule, isRequired: boolean): Field {
  const choices = choicesOf(rule);
  const base = { name, isRequired, choices, least: rule.minimum, most: rule.maximum, fallback: rule.default, isJson: false };
  if (choices.length > 0) return { ...base, kind: 'choice' };
  if (rule.type === 'boolean') return { ...base, kind: 'boolean' };
  if (rule.type === 'integer' || rule.type === 'number') return { ...base, kind: 'number' };
  return { ...base, kind: 'text', isJson: rule.type !== 'string' };
}

/** The fields of a form for the settings of a widget. */
export function fieldsOf(schema: TSchema): Field[] {
  const { properties = {}, required = [] } = JSON.parse(JSON.stringify(schema)) as Rule;
  return Object.entries(properties).map(([name, rule]) => fieldOf(name, rule, required.includes(name)));
}

/** What a person wrote into a field, as the setting; undefined takes the setting away. Fails: null for text that is no JSON. */
export function valueOf(field: Field, written: string | boolean): { value: unknown } | null {
  if (typeof written === 'boolean') return { value: written };
  if (written.trim() === '') return { value: undefined };
  if (field.kind === 'number') return { value: Number(written) };
  if (field.kind === 'choice') return { value: field.choices.find((choice) => String(choice) === written) };
  if (!field.isJson) return { value: written };
  try {
    return { value: JSON.parse(written) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A setting as it stands in its field. */
export const writtenOf = (field: Field, value: unknown): string => (value === undefined ? '' : field.isJson ? JSON.stringify(value) : String(value));
