import { expect, it } from 'vitest';
import { bodyOf, draftOf, fieldsOf, idOf, readable } from './draft.ts';

it('a pilot keeps its open days as null through the form', () => {
  const body = { area: 'Ea Kar', service: 'field-feedback', vendor: 'Viettel', plannedFrom: '2021-04-26', plannedTo: '2021-10-26', beganOn: null, endedOn: null, note: '' };
  expect(bodyOf('pilot', draftOf('pilot', body))).toEqual(body);
});
it('numbers are numbers and an empty line begins with the first choice', () => {
  expect(bodyOf('device', { ...draftOf('device'), place: 'Phòng trực', name: 'Tấm ghép', count: ' 27 ' })).toEqual({ place: 'Phòng trực', kind: 'wall', name: 'Tấm ghép', count: 27, working: 0, note: '' });
  expect(draftOf('conformity').result).toBe('untested');
});
it('a new entry is named after its first words, without marks', () => {
  expect(idOf({ area: 'Đặc khu Hoàng Sa' }, 36)).toBe('dac-khu-hoang-sa-10');
  expect(idOf({ area: '…' }, 36)).toBe('dong-10');
});
it('a line is read with days as people write them and a service by its name', () => {
  const said = { area: 'Ea Kar', service: 'health', vendor: 'Viettel', plannedFrom: '2021-04-26', plannedTo: '2021-10-26', beganOn: null, endedOn: null, note: '' };
  const draft = draftOf('pilot', said);
  expect(fieldsOf('pilot').slice(0, 6).map((field) => readable(field, draft[field.name] ?? '', () => 'Y tế'))).toEqual(['Ea Kar', 'Y tế', 'Viettel', '26/04/2021', '26/10/2021', '']);
});
