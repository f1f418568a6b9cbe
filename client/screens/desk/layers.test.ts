import { expect, test } from 'vitest';
import { keepLayers, readLayers } from './layers.ts';

const shelf = (kept: Record<string, string> = {}) => ({ getItem: (name: string) => kept[name] ?? null, setItem: (name: string, value: string) => void (kept[name] = value) });

test('layers come back as they were left', () => {
  const one = shelf();
  const layers = { ...readLayers(one), sensors: true, alerts: false };
  keepLayers(one, layers);
  expect(readLayers(one)).toEqual(layers);
});

test('words of another version switch nothing on', () => {
  expect(Object.values(readLayers(shelf({ 'toan-canh.desk.layers': 'heatmap' })))).not.toContain(true);
});
