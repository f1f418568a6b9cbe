import { expect, test } from 'vitest';
import { exportsOf } from './tileExports.ts';

test('a tile of things with places leaves as three files, one of figures as two, a clock as none', () => {
  expect(exportsOf('alert-list', null)).toEqual([
    { format: 'csv', href: '/api/v1/export/alerts.csv' },
    { format: 'xlsx', href: '/api/v1/export/alerts.xlsx' },
    { format: 'geojson', href: '/api/v1/export/alerts.geojson' },
  ]);
  expect(exportsOf('indicator-board', null).map(({ format }) => format)).toEqual(['csv', 'xlsx']);
  expect(exportsOf('clock', null)).toEqual([]);
  expect(exportsOf('constructor', null)).toEqual([]);
});

test('the past leaves as of the moment shown', () => {
  expect(exportsOf('feedback-list', 1500.7)[0]!.href).toBe('/api/v1/export/feedback.csv?at=1500');
});
