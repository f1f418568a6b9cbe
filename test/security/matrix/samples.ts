import type { Relation } from './units.ts';
import { UNIT } from './units.ts';
import type { Planted } from './plant.ts';

type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; required?: string[]; anyOf?: Schema[]; items?: Schema; enum?: unknown[] };

/** Which planted thing an address or a command is about, by its name; what is not here belongs to no unit. */
const THING_BY_NAME: Readonly<Record<string, string>> = {
  alerts: 'alert', feedback: 'feedback', cameras: 'camera', sensors: 'sensor', indicators: 'indicator', dossiers: 'dossier', 'handling-requests': 'handling-request',
  assignments: 'assignment', documents: 'document', outreach: 'outreach', 'security-events': 'security-event', cases: 'case', reports: 'report', users: 'user',
  attachments: 'attachment', 'camera-sets': 'camera-set', media: 'camera', alert: 'alert', case: 'case', 'handling-request': 'handling-request', direction: 'case', procedure: 'alert', presence: 'alert',
};

/** Name of the collection or command family an address speaks of. */
export const familyOf = (url: string): string => /^\/api\/v1\/commands\/([a-z-]+)\./.exec(url)?.[1] ?? /^\/(?:api\/v1\/)?([a-z0-9-]+)/.exec(url)?.[1] ?? '';

/** The planted thing an address is about, or undefined when it is about none. */
export const thingOf = (url: string): string | undefined => THING_BY_NAME[familyOf(url)];

/** An address with the ids of one unit put in. */
export function addressOf(url: string, relation: Relation, ids: Planted): string {
  const thing = thingOf(url);
  const id = (thing && ids[thing]) ?? 'w2x2';
  return url
    .replace('/media/:camera/:file', `/media/${ids.camera}/index.m3u8`)
    .replace(':view', '0'.repeat(32))
    .replace(':layer/:z/:x/:y', `base/10/820/464`)
    .replace(':z/:x/:y', '10/820/464')
    .replace(':figure', 'requests-overdue')
    .replace(':version', '1')
    .replace(':code', 'ngap-ung')
    .replace(':topic', 'alert')
    .replace(':token', 'khong-co-lien-ket-nay')
    .replace(':name', 'khong-co')
    .replace(':file', 'khong-co.woff2')
    .replace(':id', id)
    .replace(/:[a-z]+/gi, UNIT[relation])
    .replace('*', 'khong-co.js');
}

const NUMBERS: Readonly<Record<string, number>> = { lon: 108.21, lat: 16.06, until: Date.now() + 3_600_000, dueAt: Date.now() + 86_400_000, from: Date.now() - 86_400_000, to: Date.now() + 1000, takenAt: Date.now(), sentAt: 1 };

function stringOf(name: string, relation: Relation, ids: Planted, thing: string | undefined): unknown {
  if (name === 'unit' || name === 'contractor' || name === 'ward') return UNIT[relation];
  if (name === 'run') return ids.run;
  if (name === 'alert') return ids.alert;
  if (name === 'caseId') return ids.case;
  if (name === 'into') return ids.feedback;
  if (name === 'responsible') return ids.user;
  if (name === 'wall') return 'w2x2';
  if (name === 'topic') return 'alert';
  if (name === 'code') return 'ngap-ung';
  if (name === 'id' || name === 'thing' || name === 'camera') return (thing && ids[thing]) ?? ids.camera;
  if (name === 'cameras') return ids.camera;
  if (name === 'user') return `moi-${relation}-${Math.trunc(performance.now() * 1000)}`;
  if (name === 'password') return 'Ngu-Hanh-Son-Nam-Ngon';
  return undefined;
}

/** The smallest value a schema takes, with the ids of one unit where it names things. */
export function sampleOf(schema: Schema | undefined, name: string, relation: Relation, ids: Planted, thing: string | undefined): unknown {
  if (!schema) return undefined;
  const known = stringOf(name, relation, ids, thing);
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return name === 'units' ? [UNIT[relation]] : sampleOf(schema.anyOf[0], name, relation, ids, thing);
  switch (schema.type) {
    case 'object': {
      const wanted = new Set([...(schema.required ?? []), ...Object.keys(schema.properties ?? {}).filter((key) => key === 'unit' || key === 'caseId')]);
      return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => wanted.has(key)).map(([key, inner]) => [key, sampleOf(inner, key, relation, ids, thing)]));
    }
    case 'array':
      if (name === 'position') return [108.21, 16.06];
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => sampleOf(schema.items, name, relation, ids, thing));
    case 'integer':
    case 'number':
      return NUMBERS[name] ?? Number(schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return known ?? 'thu-quyen';
  }
}
