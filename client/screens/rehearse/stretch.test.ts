import { expect, test } from 'vitest';
import { askedFor, namesOf, stretchFrom } from './stretch.ts';

const AT = Date.UTC(2026, 9, 1, 7, 30);

test('a stretch ends now at the latest and is a minute at least', () => {
  expect(stretchFrom(AT, 3_600_000, AT + 600_000)).toEqual({ fromAt: AT, toAt: AT + 600_000 });
  expect(stretchFrom(AT, 600_000, AT + 3_600_000)).toEqual({ fromAt: AT, toAt: AT + 600_000 });
  expect(stretchFrom(AT, 600_000, AT + 5000)).toEqual({ fromAt: AT, toAt: AT + 60_000 });
});

test('its scenario is called by hour and day as they read in Việt Nam', () => {
  expect(namesOf({ fromAt: AT, toAt: AT + 3_600_000 })).toEqual({ id: 'lam-lai-20261001-1430', name: { vi: 'Làm lại 14:30–15:30 ngày 01/10/2026', en: 'Again: 14:30–15:30 on 01/10/2026' } });
});

test('an address without a wall or with a moment that is none asks for nothing', () => {
  expect(askedFor(`?wall=w2x2&from=${AT}`)).toEqual({ wall: 'w2x2', from: AT });
  for (const query of ['', '?wall=w2x2', `?from=${AT}`, '?wall=w2x2&from=hom-qua', '?wall=w2x2&from=-5']) expect(askedFor(query)).toBeNull();
});
