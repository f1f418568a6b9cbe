import { expect, test } from 'vitest';
import { filledBody, filledUrl, flawOf, type ToldValues } from './tellBack.ts';

const VALUES: ToldValues = {
  id: 'as-1', ref: 'NV/1 "a"', title: 'Việc', unit: 'SM-A', unitName: 'Sở mẫu A', directive: null, dueAt: '2026-12-31T17:00:00+07:00', progress: 40, done: false, blocked: null,
  level: 'red', redSince: null, caseState: 'planned', cause: null, solution: null, responsible: 'Trưởng phòng, Tên mẫu',
};

test('a hole alone keeps the kind of its value, a hole in a text becomes part of it', () => {
  expect(JSON.parse(filledBody('{"ma":"{ref}","tienDo":"{progress}","xong":"{done}","vuong":"{blocked}","ghiChu":"ĐỎ: {level} – {blocked}","bao":[{"don":"{unitName}"}]}', VALUES))).toEqual({
    ma: 'NV/1 "a"', tienDo: 40, xong: false, vuong: null, ghiChu: 'ĐỎ: red – ', bao: [{ don: 'Sở mẫu A' }],
  });
  expect(filledUrl('https://office/tasks/{ref}?u={unit}', VALUES)).toBe('https://office/tasks/NV%2F1%20%22a%22?u=SM-A');
});

test('a template that can not be filled is named', () => {
  const url = 'https://office/{ref}';
  expect(flawOf({ url, body: '{"a":"{ref}"}' })).toBeUndefined();
  expect(flawOf({ url, body: '{"a":"{la}"}' })).toEqual({ at: 'body', what: 'la' });
  expect(flawOf({ url: 'https://office/{ma}', body: '{}' })).toEqual({ at: 'url', what: 'ma' });
  expect(flawOf({ url, body: '{"a":' })).toEqual({ at: 'body', what: 'json' });
});
