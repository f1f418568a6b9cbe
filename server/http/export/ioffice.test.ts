import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Check } from 'typebox/value';
import { parse } from 'yaml';
import { assignmentTopic } from '#contract/topics/record.ts';
import { createRowMapper } from '../../domain/rows/mapRow.ts';
import { readRows } from '../../domain/rows/readRows.ts';
import { Mapping } from '../../domain/rows/rule.ts';
import { csvOf } from './formats.ts';
import { tableOf } from './table.ts';

const mapping: unknown = parse(readFileSync(new URL('./ioffice.mapping.yaml', import.meta.url), 'utf8'));
const AT = Date.parse('2026-10-05T10:00:00+07:00');
const assignment = (ref: string, values: object) => ({ id: 'as-1', ref, source: 'ioffice', unit: 'SM-A', ward: null, position: null, provenance: 'manual', at: AT, receivedAt: AT, values });

test('assignments that leave as a file come back as they were', () => {
  if (!Check(Mapping, mapping)) throw new Error('the mapping has the wrong form');
  const values = [
    { title: 'Hoàn thành quy trình, "đúng hạn"', directive: '88-TB/TU', startAt: AT, dueAt: AT + 86_400_000, progress: 40, blocked: 'Chưa có kinh phí' },
    { title: 'Báo cáo', dueAt: AT + 1000, progress: 100, done: true },
  ];
  const file = csvOf(tableOf('assignments', values.map((one, at) => assignment(`nv-${at}`, one)), false)).body.toString('utf8');
  const { rows, refused } = readRows('csv', file);
  expect(refused).toEqual([]);
  const items = rows.map(createRowMapper('assignment', mapping)).map((mapped) => ('item' in mapped ? mapped.item : mapped.refusal));
  for (const item of items) expect(Check(assignmentTopic.item, item)).toBe(true);
  expect(items).toMatchObject([{ ref: 'nv-0', unit: 'SM-A', at: AT, ...values[0] }, { ref: 'nv-1', ...values[1] }]);
});
