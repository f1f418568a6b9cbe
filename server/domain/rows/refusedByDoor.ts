import type { Fault } from '#contract/faults.ts';
import words from './refusedByDoor.vi.json' with { type: 'json' };
import type { RowRefusal } from './rowRefusal.ts';

/** Why the door refused the item of a row, in words for who maps it. What has no words here is said as the door said it. */
export function refusedByDoor(line: number, { code, message, pointer = '', detail = '' }: Pick<Fault, 'message' | 'pointer' | 'detail'> & { code: string }): RowRefusal {
  const [said, word] = Object.entries(words).find(([start]) => detail.startsWith(start)) ?? [];
  const reason = said === undefined || word === undefined ? detail : word.replace('{what}', detail.slice(said.length).trim());
  return { line, field: pointer.slice(1), code, reason: [message, reason].filter((part) => part !== '').join(' ') };
}
