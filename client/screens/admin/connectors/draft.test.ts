import { expect, test } from 'vitest';
import { emptyDraft, lineOf, ruleOf, secretsOf, typedSecrets } from './draft.ts';

test.each([
  ['title', 'subject'],
  ['title', '{a}: {b}'],
  ['level', { from: 'muc', table: { cao: 1, 'vừa': 3 } }],
  ['at', { from: 'ngay', time: 'dd/MM/yyyy HH:mm', zone: 'Asia/Ho_Chi_Minh' }],
  ['at', { from: 'ngay', zone: 'Asia/Ho_Chi_Minh' }],
  ['kind', { value: 'flood' }],
  ['level', { value: 2 }],
  ['position', { lon: 'lng', lat: 'lat' }],
  ['area', { from: 'geometry', geometry: 'area' as const }],
])('a rule of %s survives being edited', (field, rule) => {
  expect(ruleOf(lineOf(field, rule))).toEqual(rule);
});

test('an empty line says nothing, and an untyped secret stays as it is', () => {
  expect(ruleOf({ field: 'title', from: ' ', more: '' })).toBeUndefined();
  const draft = emptyDraft('rest-oauth2');
  expect(typedSecrets({ ...draft, secrets: { secret: 'x', certificate: '', privateKey: '' } })).toEqual({ secret: 'x' });
});

test('a way asks only for the secrets it uses', () => {
  expect(secretsOf(emptyDraft('rest-oauth2').text)).toEqual(['secret']);
  expect(secretsOf(emptyDraft('folder').text)).toEqual([]);
  const soap = emptyDraft('soap').text;
  expect(secretsOf({ ...soap, way: { ...soap.way, url: 'https://x' } as typeof soap.way })).toEqual(['certificate', 'privateKey']);
});
