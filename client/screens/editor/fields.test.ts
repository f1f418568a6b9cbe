import Type from 'typebox';
import { expect, test } from 'vitest';
import { EpochMs } from '#contract/base.ts';
import { fieldsOf, toggled, valueOf, withPart, writtenOf, type Field } from './fields.ts';

const schema = Type.Object({
  on: Type.Optional(Type.Boolean({ default: true })),
  most: Type.Integer({ minimum: 1, maximum: 5 }),
  label: Type.Optional(Type.String()),
  size: Type.Optional(Type.Union([Type.Literal('body'), Type.Literal('hero')])),
  codes: Type.Optional(Type.Array(Type.String())),
  levels: Type.Optional(Type.Array(Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]))),
  near: Type.Optional(Type.Tuple([Type.Number(), Type.Number()])),
  at: Type.Optional(EpochMs),
  weekly: Type.Optional(Type.Object({ day: Type.Integer(), at: Type.String() })),
  rows: Type.Optional(Type.Array(Type.Object({ code: Type.String(), target: Type.Optional(Type.Number()) }), { maxItems: 12 })),
  odd: Type.Optional(Type.Array(Type.Array(Type.String()))),
});
const fields = new Map(fieldsOf(schema).map((field) => [field.name, field]));
const field = (name: string): Field => fields.get(name)!;

test('a schema becomes the fields of a form', () => {
  expect([...fields.values()].map(({ name, kind }) => `${name} ${kind}`)).toEqual(['on boolean', 'most number', 'label text', 'size choice', 'codes lines', 'levels choices', 'near place', 'at moment', 'weekly group', 'rows rows', 'odd json']);
  expect(field('most')).toMatchObject({ least: 1, most: 5, isRequired: true });
  expect(field('rows')).toMatchObject({ most: 12, fields: [{ name: 'code', kind: 'text', isRequired: true }, { name: 'target', kind: 'number', isRequired: false }] });
});

test('what is written becomes the setting, nothing takes it away', () => {
  expect([valueOf(field('most'), '3'), valueOf(field('label'), 'A'), valueOf(field('size'), 'hero'), valueOf(field('codes'), 'a\n\n b ')]).toEqual([{ value: 3 }, { value: 'A' }, { value: 'hero' }, { value: ['a', 'b'] }]);
  expect(valueOf(field('near'), '108,21; 16.06')).toEqual({ value: [108.21, 16.06] });
  expect(valueOf(field('near'), '108.21, 16.06')).toEqual({ value: [108.21, 16.06] });
  expect(valueOf(field('label'), ' ')).toEqual({ value: undefined });
});

test('what is none of its kind is said and changes nothing', () => {
  expect([valueOf(field('most'), 'ba'), valueOf(field('near'), '108,21'), valueOf(field('near'), '16.06; 108.21'), valueOf(field('odd'), '[')]).toEqual([null, null, null, null]);
});

test('a setting stands in its field as it was written', () => {
  expect([writtenOf(field('codes'), ['a', 'b']), writtenOf(field('near'), [108.2, 16]), writtenOf(field('odd'), [['a']]), writtenOf(field('label'), undefined)]).toEqual(['a\nb', '108.2; 16', '[["a"]]', '']);
});

test('choices keep the order of the list, none is no setting', () => {
  expect(toggled(field('levels'), [3], 1)).toEqual([1, 3]);
  expect(toggled(field('levels'), [1], 1)).toBeUndefined();
});

test('a part is changed in its group, and a group of nothing is none', () => {
  expect(withPart({ day: 5 }, 'at', '08:00')).toEqual({ day: 5, at: '08:00' });
  expect(withPart({ day: 5 }, 'day', undefined)).toBeUndefined();
});
