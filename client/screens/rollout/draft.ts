import type { RolloutKind } from '#contract/rollout.ts';
import fields from './fields.json';

/** One field of an entry. `isFree`: may stay empty. */
export interface Field {
  name: string;
  type?: 'day' | 'maybe-day' | 'number' | 'service';
  choices?: string[];
  isFree?: boolean;
}
export type Draft = Record<string, string>;

export const fieldsOf = (kind: RolloutKind): readonly Field[] => fields[kind] as readonly Field[];

/** What a form shows of a body; of none, an empty line. */
export function draftOf(kind: RolloutKind, body?: object): Draft {
  const known = new Map<string, unknown>(Object.entries(body ?? {}));
  return Object.fromEntries(fieldsOf(kind).map(({ name, choices, type }) => [name, String(known.get(name) ?? choices?.[0] ?? (type === 'number' ? '0' : ''))]));
}

/** The body a form says. */
export function bodyOf(kind: RolloutKind, draft: Draft): object {
  return Object.fromEntries(fieldsOf(kind).map(({ name, type }) => {
    const said = (draft[name] ?? '').trim();
    return [name, type === 'number' ? Number(said) : type === 'maybe-day' && said === '' ? null : said];
  }));
}

/** A field as a person reads it: days as dd/mm/yyyy, a service by its name; choices are words of the screen. */
export function readable({ type }: Field, said: string, serviceName: (id: string) => string): string {
  if (type === 'service') return serviceName(said);
  return type?.endsWith('day') ? said.split('-').reverse().join('/') : said;
}

/** A name for a new entry: letters of its first words, with the moment so that it is its own. */
export function idOf(draft: Draft, at: number): string {
  const words = Object.values(draft)[0] ?? '';
  const plain = words.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 40);
  return `${plain || 'dong'}-${at.toString(36)}`;
}
