/** What can be told of an assignment; each name is a hole `{name}` of the address or body. Shape: times are ISO with the offset of Việt Nam. */
export const TOLD_FIELDS = ['id', 'ref', 'title', 'unit', 'unitName', 'directive', 'dueAt', 'progress', 'done', 'blocked', 'level', 'redSince', 'caseState', 'cause', 'solution', 'responsible'] as const;
export type ToldField = (typeof TOLD_FIELDS)[number];
export type ToldValues = Readonly<Record<ToldField, string | number | boolean | null>>;

const HOLE = /\{([a-zA-Z]+)\}/g;
const WHOLE = /^\{([a-zA-Z]+)\}$/;
const isField = (name: string): name is ToldField => (TOLD_FIELDS as readonly string[]).includes(name);

/** The first hole that stands for nothing, or undefined when the template can be filled. Fails: `json` when the body is no JSON. */
export function flawOf({ url, body }: { url: string; body: string }): { at: 'url' | 'body'; what: string } | undefined {
  const unknown = (text: string) => [...text.matchAll(HOLE)].map(([, name = '']) => name).find((name) => !isField(name));
  const inUrl = unknown(url);
  if (inUrl !== undefined) return { at: 'url', what: inUrl };
  try {
    const inBody = unknown(textsOf(JSON.parse(body)).join(' '));
    return inBody === undefined ? undefined : { at: 'body', what: inBody };
  } catch (error) {
    if (error instanceof SyntaxError) return { at: 'body', what: 'json' };
    throw error;
  }
}

/** Fills the address; a value can not break out of its place. */
export const filledUrl = (url: string, values: ToldValues): string => url.replaceAll(HOLE, (hole, name: string) => (isField(name) ? encodeURIComponent(String(values[name] ?? '')) : hole));

/** Fills a JSON body. A text that is nothing but a hole becomes the value itself, a number stays a number. */
export const filledBody = (body: string, values: ToldValues): string => JSON.stringify(fill(JSON.parse(body), values));

function fill(value: unknown, values: ToldValues): unknown {
  if (typeof value === 'string') {
    const [, whole = ''] = WHOLE.exec(value) ?? [];
    return isField(whole) ? values[whole] : value.replaceAll(HOLE, (hole, name: string) => (isField(name) ? String(values[name] ?? '') : hole));
  }
  if (Array.isArray(value)) return value.map((one) => fill(one, values));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, values)])) : value;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
