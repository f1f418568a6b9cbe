import { TOPICS, type TopicName } from '#contract/topics.ts';
import { fold } from '../../../geo/fold.ts';
import type { Mapping, Rule } from '../rows/rule.ts';
import type { Column } from './columns.ts';
import synonyms from './synonyms.json' with { type: 'json' };

const ZONE = 'Asia/Ho_Chi_Minh';
/** How times are written, first match wins; `form` as the mapping takes it. */
const TIMES: { pattern: RegExp; form?: string; zone?: string }[] = [
  { pattern: /^\d{13}$/ },
  { pattern: /^\d{10}$/, form: 'seconds' },
  { pattern: /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/ },
  { pattern: /^\d{4}-\d\d-\d\dT/, zone: ZONE },
  { pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, form: 'yyyy-MM-dd HH:mm:ss', zone: ZONE },
  { pattern: /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/, form: 'dd/MM/yyyy HH:mm:ss', zone: ZONE },
  { pattern: /^\d\d\/\d\d\/\d{4} \d\d:\d\d$/, form: 'dd/MM/yyyy HH:mm', zone: ZONE },
  { pattern: /^\d\d\/\d\d\/\d{4}$/, form: 'dd/MM/yyyy', zone: ZONE },
];

const plain = (text: string) => fold(text).replaceAll(/[^a-z0-9]/g, '');
const nameOf = (path: string) => plain(path.split('.').at(-1) ?? path);

/** A first mapping from the names and values of example rows; what it can not tell is left to the person. */
export function suggestMapping(topic: TopicName, columns: readonly Column[]): Mapping {
  const fields = Object.keys((TOPICS[topic].item as unknown as { properties: object }).properties);
  const words = new Map(Object.entries(synonyms as Record<string, string[]>));
  const columnFor = (field: string) => {
    const known = [plain(field), ...(words.get(field) ?? []).map(plain)];
    return columns.map((column) => ({ column, rank: known.indexOf(nameOf(column.path)) })).filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank)[0]?.column;
  };
  const map: Record<string, Rule> = {};
  for (const field of fields) {
    if (field === 'key' || field === 'provenance') continue;
    const column = columnFor(field);
    if (field === 'position') {
      const [lon, lat] = [columnFor('lon'), columnFor('lat')];
      if (lon && lat) map.position = { lon: lon.path, lat: lat.path };
      else if (columns.some(({ path }) => path === 'geometry')) map.position = { from: 'geometry', geometry: 'position' };
    } else if (column) map[field] = field === 'at' || field === 'dueAt' ? timeRule(column) : column.path;
  }
  const [id, at] = [columnFor('key') ?? columnFor('ref'), columnFor('at')];
  return { ...(id ? { key: at && id !== columnFor('key') ? `{${id.path}}@{${at.path}}` : `{${id.path}}` } : {}), map };
}

function timeRule({ path, examples }: Column): Rule {
  const written = examples[0] ?? '';
  const known = TIMES.find(({ pattern }) => pattern.test(written));
  return { from: path, ...(known?.form ? { time: known.form } : {}), ...(known?.zone ? { zone: known.zone } : {}) };
}
