import { Compile } from 'typebox/compile';
import { MessageKey } from '#contract/base.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { parseJson } from './bodies.ts';

/** Most items of one JSON array. */
export const MOST_ITEMS = 1000;

const messageKey = Compile(MessageKey);

function checkKeys(items: readonly unknown[]): Outcome<readonly unknown[]> {
  for (const [index, item] of items.entries()) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return refused('REQUEST_BODY', { pointer: `/${index}` });
    const key = Object.hasOwn(item, 'key') ? (item as { key: unknown }).key : undefined;
    if (!messageKey.Check(key)) return refused('REQUEST_BODY', { pointer: `/${index}/key` });
  }
  return okay(items);
}

/** Items of an array. Fails: REQUEST_BODY with the pointer to the first item that has no usable key; REQUEST_TOO_LARGE. */
export function openArray(body: unknown): Outcome<readonly unknown[]> {
  if (!Array.isArray(body)) return refused('REQUEST_BODY', { pointer: '', detail: 'an array of items is expected' });
  if (body.length > MOST_ITEMS) return refused('REQUEST_TOO_LARGE', { detail: `at most ${MOST_ITEMS} items` });
  return checkKeys(body);
}

/** Items of newline-delimited JSON; empty lines are skipped, the pointer counts items. Fails: as `openArray`. */
export function openLines(text: string): Outcome<readonly unknown[]> {
  const items: unknown[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const item = parseJson(line);
    if (item === undefined) return refused('REQUEST_BODY', { pointer: `/${items.length}`, detail: 'the line is not JSON' });
    items.push(item);
  }
  return checkKeys(items);
}
