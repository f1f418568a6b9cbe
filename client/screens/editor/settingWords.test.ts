import type { TSchema } from 'typebox';
import { expect, test } from 'vitest';
import { fieldsOf, type Field } from './fields.ts';
import { choiceWord, labelOf } from './settingWords.ts';

const schemas = Object.entries(import.meta.glob<{ settings: TSchema }>(['../../widgets/*/settings.ts', '!../../widgets/_*/settings.ts'], { eager: true })).map(([path, { settings }]) => [path.split('/').at(-2)!, settings] as const);
const everyField = (fields: readonly Field[], path: readonly string[] = []): { path: string[]; field: Field }[] =>
  fields.flatMap((field) => [{ path: [...path, field.name], field }, ...everyField(field.fields, [...path, field.name])]);

test.each(schemas)('every setting of %s is a field with words in both languages', (widget, settings) => {
  for (const { path, field } of everyField(fieldsOf(settings))) {
    for (const language of ['vi', 'en'] as const) {
      expect(labelOf(widget, path, language), path.join('.')).toBeTruthy();
      for (const choice of field.choices.filter((one) => typeof one === 'string')) expect(choiceWord(choice, language)).not.toBe(choice);
    }
    expect(field.kind, `${path.join('.')} would be written as JSON`).not.toBe('json');
  }
});
