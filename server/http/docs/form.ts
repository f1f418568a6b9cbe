interface Schema {
  type?: string;
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema | Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  description?: string;
}

const range = ({ minimum, maximum }: Schema) => (minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}…${maximum ?? ''}`);

function plainForm(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(formOf).join(' | ');
  if (schema.type === 'array' && Array.isArray(schema.items)) return `[${schema.items.map(formOf).join(', ')}]`;
  if (schema.type === 'array') return `[ ${formOf((schema.items as Schema | undefined) ?? {})}${schema.maxItems === undefined ? '' : `, ≤ ${schema.maxItems}`} ]`;
  if (schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) => `${name}${schema.required?.includes(name) ? '' : '?'}: ${formOf(inner)}`);
    return `{ ${fields.join(', ')} }`;
  }
  if (schema.type === 'string') return schema.maxLength === undefined ? 'string' : `string ≤ ${schema.maxLength}`;
  return `${schema.type ?? 'any'}${range(schema)}`;
}

/** A schema in one short line a person can read. */
export function formOf(schema: Schema): string {
  return schema.description === undefined ? plainForm(schema) : `${plainForm(schema)} (${schema.description})`;
}
