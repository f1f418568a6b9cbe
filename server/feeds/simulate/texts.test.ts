import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { feedbackServices } from '../../domain/feedback/services.ts';
import { createRandom } from '../../kernel/random.ts';
import { messagesOf } from './alerts.ts';
import { inSentence, isSpeakable, placeInSentence } from './streetName.ts';
import texts from './texts.vi.json' with { type: 'json' };
import feedback from './feedback.vi.json' with { type: 'json' };

const FILES = ['texts.vi.json', 'feedback.vi.json', 'register.vi.json', 'cameras.json', 'sensors.json'];
const read = (file: string) => readFileSync(new URL(`./${file}`, import.meta.url), 'utf8');
const segment = { id: 's', feature: 1, class: 'primary' as const, from: 0, to: 1, isOneway: false, lengthM: 10, freeFlowKmh: 40, line: [] };

test.each(FILES)('%s is composed, whole, and names no person, telephone or address of mail', (file) => {
  const text = read(file);
  expect(text).toBe(text.normalize('NFC'));
  expect(text).not.toMatch(/[\ufffd\u200b-\u200f\u202a-\u202e]/u);
  expect(text).not.toMatch(/(?:^|[\s"])(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Đđ]ồng chí)\s+\p{Lu}\p{Ll}/u);
  expect(text).not.toMatch(/(?:\+84|\b0)\d{8,}|@[a-z]/u);
  expect(text).not.toMatch(/UBND|Ủy ban|phường \p{Lu}|xã \p{Lu}/u);
});

test('every wording fills completely, in every kind and level', () => {
  for (const kind of Object.keys(texts) as (keyof typeof texts)[]) {
    for (const level of [1, 2, 3, 4] as const) {
      for (let seed = 0; seed < 30; seed++) {
        const spot = { position: [108.2, 16.06] as [number, number], where: 'trên đường Bạch Đằng', street: 'đường Bạch Đằng', segment };
        const messages = messagesOf({ slot: 1, kind, level, spot, startAt: 1000, endAt: 2000, random: createRandom(seed) }, 'test', []);
        expect(messages.at(-1)!.status).toBe('ended');
        for (const { title, text } of messages) {
          expect(`${title} ${text}`).not.toMatch(/[{}]|undefined|NaN/);
          expect(title).toMatch(/^\p{Lu}|^\d/u);
          expect(title.length).toBeLessThanOrEqual(120);
          expect(text).toMatch(/[.!]$/);
        }
      }
    }
  }
});

test('reports of citizens speak of every service of the catalogue', () => {
  expect(Object.keys(feedback).sort()).toEqual(feedbackServices.map(({ code }) => code).sort());
  for (const lines of Object.values(feedback)) for (const line of lines) expect(line).toContain('{street}');
});

test.each([
  ['Đường 2 Tháng 9', 'đường 2 Tháng 9'],
  ['Cầu Rồng', 'cầu Rồng'],
  ['Ngô Quyền', 'đường Ngô Quyền'],
  ['Kiệt 40 Nguyễn Hữu Thọ', 'kiệt 40 Nguyễn Hữu Thọ'],
  ['Quốc lộ 14B mở rộng', 'quốc lộ 14B mở rộng'],
])('%s in a sentence is %s', (name, spoken) => {
  expect(inSentence(name)).toBe(spoken);
});

test('ways inside the airport are not spoken of, and places begin small', () => {
  expect(['Đường Lối vào Ga đi', 'Hướng đi Ga Quốc nội', undefined].map(isSpeakable)).toEqual([false, false, false]);
  expect(isSpeakable('Đường Bạch Đằng')).toBe(true);
  expect(placeInSentence('Công Viên APEC')).toBe('công viên APEC');
  expect(placeInSentence('Chợ Tân Lập')).toBe('chợ Tân Lập');
});
