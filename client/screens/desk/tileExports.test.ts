import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportsOf } from './tileExports.ts';

const widgets = readdirSync(new URL('../../widgets/', import.meta.url), { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('_')).map(({ name }) => name);
/** What they show is a picture or the time: a PNG is all there is of it. */
const WITHOUT_ROWS = ['capture-card', 'clock', 'image', 'pdf-page', 'shared-screen', 'text', 'video-file', 'web-page'];

test('a tile of things with places leaves as three files, one of figures as two, a clock as none', () => {
  expect(exportsOf({ widget: 'alert-list' }, null)).toEqual([
    { collection: 'alerts', format: 'csv', href: '/api/v1/export/alerts.csv?csv=vi' },
    { collection: 'alerts', format: 'xlsx', href: '/api/v1/export/alerts.xlsx' },
    { collection: 'alerts', format: 'geojson', href: '/api/v1/export/alerts.geojson' },
  ]);
  expect(exportsOf({ widget: 'indicator-board' }, null).map(({ format }) => format)).toEqual(['csv', 'xlsx']);
  expect(exportsOf({ widget: 'constructor' }, null)).toEqual([]);
});

test('every widget that shows rows names an export the server has', () => {
  const known = Object.keys(JSON.parse(readFileSync(new URL('../../../server/http/export/columns.json', import.meta.url), 'utf8')) as object);
  for (const widget of widgets) for (const { collection } of exportsOf({ widget }, null)) expect(known, widget).toContain(collection);
  const shipped = ['alert-list', 'coverage-board', 'data-health', 'map', 'red-units', 'security-board', 'sensor-board', 'traffic-state', 'wall-log'];
  expect(shipped.filter((widget) => exportsOf({ widget }, null).length === 0)).toEqual([]);
  expect(WITHOUT_ROWS.filter((widget) => exportsOf({ widget }, null).length > 0)).toEqual([]);
});

test('a map leaves with the layers it shows, a list with the unit it is about', () => {
  const layers = exportsOf({ widget: 'map', settings: { cameras: false, sensors: false, traffic: false } }, null).map(({ collection }) => collection);
  expect([...new Set(layers)]).toEqual(['alerts', 'feedback']);
  expect(exportsOf({ widget: 'alert-list', settings: { unit: '20242' } }, null)[1]!.href).toBe('/api/v1/export/alerts.xlsx?unit=20242');
});

test('the past leaves as of the moment shown, except where only the present is kept', () => {
  expect(exportsOf({ widget: 'feedback-list' }, 1500.7)[0]!.href).toBe('/api/v1/export/feedback.csv?csv=vi&at=1500');
  expect(exportsOf({ widget: 'data-health' }, 1500.7)[1]!.href).toBe('/api/v1/export/sources.xlsx');
});
