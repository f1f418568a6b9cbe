import Type from 'typebox';
import { expect, test } from 'vitest';
import { fieldsOf, valueOf, writtenOf } from './fields.ts';

const schema = Type.Object({
  on: Type.Optional(Type.Boolean({ default: true })),
  most: Type.Integer({ minimum: 1, maximum: 5 }),
  label: Type.Optional(Type.String()),
  size: Type.Optional(Type.Union([Type.Literal('body'), Type.Literal('hero')])),
  codes: Type.Optional(Type.Array(Type.String())),
});
const [on, most, label, size, codes] = fieldsOf(schema) as [never, never, never, never, never];

test('a schema becomes the fields of a form', () => {
  expect(fieldsOf(schema).map(({ name, kind, isRequired, isJson }) => [name, kind, isRequired, isJson])).toEqual([
    ['on', 'boolean', false, false],
    ['most', 'number', true, false],
    ['label', 'text', false, false],
    ['size', 'choice', false, false],
    ['codes', 'text', false, true],
  ]);
  expect(fieldsOf(schema)[1]).toMatchObject({ least: 1, most: 5 });
});

test('what is written becomes the setting, nothing takes it away, broken JSON is said', () => {
  expect([valueOf(on, false), valueOf(most, '3'), valueOf(label, 'A'), valueOf(size, 'hero'), valueOf(codes, '["a"]')]).toEqual([{ value: false }, { value: 3 }, { value: 'A' }, { value: 'hero' }, { value: ['a'] }]);
  expect(valueOf(label, ' ')).toEqual({ value: undefined });
  expect(valueOf(codes, '[')).toBeNull();
  expect([writtenOf(codes, ['a']), writtenOf(label, undefined)]).toEqual(['["a"]', '']);
});
