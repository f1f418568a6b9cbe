type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const isObject = (value: Json | undefined): value is { [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

function singleWord(option: Json): Json | undefined {
  if (!isObject(option)) return undefined;
  if ('const' in option) return option.const;
  return Array.isArray(option.enum) && option.enum.length === 1 ? option.enum[0] : undefined;
}

/** Says the same in the words of JSON Schema 2020-12: tuples by `prefixItems`, a choice of words by one `enum`. */
export function modernSchema(value: Json): Json {
  if (Array.isArray(value)) return value.map(modernSchema);
  if (!isObject(value)) return value;
  const { items, additionalItems: _additionalItems, anyOf, ...rest } = value;
  const out: { [name: string]: Json } = Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, name === 'example' || name === 'examples' ? inner : modernSchema(inner)]));
  if (Array.isArray(items)) Object.assign(out, { prefixItems: items.map(modernSchema), items: false });
  else if (items !== undefined) out.items = modernSchema(items);
  const words = Array.isArray(anyOf) ? anyOf.map(singleWord) : [];
  if (Array.isArray(anyOf) && words.every((word) => word !== undefined)) Object.assign(out, { type: typeof words[0] === 'number' ? 'integer' : 'string', enum: words });
  else if (anyOf !== undefined) out.anyOf = modernSchema(anyOf);
  return out;
}
