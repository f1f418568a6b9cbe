import { describe, expect, it } from 'vitest';
import { emptyDraft, flawsOf, formOf, keepDraft, keepSent, readDraft, readSent } from './draft.ts';

function createStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
    key: () => null,
    length: 0,
  };
}
const draft = { ...emptyDraft('key-1'), service: 'drainage', description: 'Ngập trước cổng trường', position: [108.21, 16.06] as [number, number] };

describe('a draft', () => {
  it('is as it was typed after a reload, under the same key', () => {
    const storage = createStorage();
    keepDraft(storage, draft);
    expect(readDraft(storage, () => 'key-2')).toEqual(draft);
    storage.setItem('toan-canh.report.draft', '{broken');
    expect(readDraft(storage, () => 'key-2')).toEqual(emptyDraft('key-2'));
  });

  it('says what is missing, part by part', () => {
    expect(flawsOf(draft)).toEqual({});
    expect(flawsOf(emptyDraft('k'))).toEqual({ service: 'REPORT_SERVICE', description: 'REPORT_EMPTY', place: 'REPORT_PLACE_MISSING' });
    expect(flawsOf({ ...draft, description: `a${'\u0301'.repeat(2000)}` })).toEqual({ description: 'REPORT_MARKS' });
    expect(flawsOf({ ...draft, position: null, address: 'Chợ Hàn', phone: 'gọi tôi' })).toEqual({ contact: 'REPORT_CONTACT' });
  });

  it('is sent with what was given and nothing else', () => {
    const form = formOf({ draft, photos: [], media: ['at-1', 'at-2'] });
    expect(Object.fromEntries(form)).toEqual({ key: 'key-1', service: 'drainage', description: 'Ngập trước cổng trường', media: 'at-1,at-2', lon: '108.21', lat: '16.06' });
  });
});

it('reports that were sent are remembered, newest first, once each', () => {
  const storage = createStorage();
  keepSent(storage, { code: 'A', service: 's', at: 1 });
  keepSent(storage, { code: 'B', service: 's', at: 2 });
  keepSent(storage, { code: 'A', service: 's', at: 1 });
  expect(readSent(storage).map(({ code }) => code)).toEqual(['A', 'B']);
});
