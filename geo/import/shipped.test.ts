import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lengthM } from '../distance.ts';
import { loadGeo } from '../readData.ts';

const geo = loadGeo();
const provenance = geo.provenance() as { attribution: string; files: { path: string; bytes: number; sha256: string; licences: string[] }[]; sources: { path: string; licence: string; sha256: string }[] };

describe('the shipped files', () => {
  it('are those on record, each with a licence and under 4 MB', () => {
    expect(provenance.files).toHaveLength(10);
    for (const { path, bytes, sha256, licences } of provenance.files) {
      expect(createHash('sha256').update(readFileSync(geo.pathOf(path))).digest('hex')).toBe(sha256);
      expect(statSync(geo.pathOf(path)).size).toBe(bytes);
      expect(bytes).toBeLessThan(4_000_000);
      expect(licences.length).toBeGreaterThan(0);
    }
  });

  it('hold no telephone number', () => {
    for (const name of ['places.json', 'junctions.json', 'buildings.json']) expect(readFileSync(geo.pathOf(name), 'utf8')).not.toMatch(/(?:\+84|\b0)[ .-]?\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}\b(?!\d)(?=[^"]*"(?:name|phone))/);
  });
});

describe('units', () => {
  it('are 34 provinces and 3,321 units below them, each with a known parent', () => {
    const provinces = new Set(geo.units().filter(({ kind }) => kind === 'province').map(({ code }) => code));
    expect(provinces.size).toBe(34);
    expect(geo.units()).toHaveLength(3355);
    expect(geo.units().filter(({ kind, parent }) => kind !== 'province' && !provinces.has(parent ?? ''))).toEqual([]);
    expect(new Set(geo.units().map(({ code }) => code)).size).toBe(3355);
  });

  it('are spelled one way and without slips of the published table', () => {
    expect(geo.units().find(({ code }) => code === '23326')?.fullName).toBe('Xã Ia Chim');
    expect(geo.units().find(({ code }) => code === '20257')?.fullName).toBe('Phường Hòa Cường');
    expect(geo.units().find(({ code }) => code === '01')).toMatchObject({ name: 'Hà Nội', fullName: 'Thành phố Hà Nội' });
    expect(geo.units().filter(({ fullName }) => fullName !== fullName.normalize('NFC'))).toEqual([]);
  });

  it('every old district is a group of at least one unit, and together they hold all units of the three provinces', () => {
    expect(geo.groups().filter(({ units }) => units.length === 0)).toEqual([]);
    const grouped = new Set(geo.groups().flatMap(({ units }) => units));
    expect(geo.units().filter(({ code, parent }) => ['48', '51', '66'].includes(parent ?? '') && !grouped.has(code)).map(({ fullName }) => fullName)).toEqual([]);
  });
});

describe('streets', () => {
  const { nodes, part, segments } = geo.roads();

  it('join at nodes, measure what they say and have ids of their own', () => {
    expect(new Set(segments.map(({ id }) => id)).size).toBe(segments.length);
    expect(part).toHaveLength(nodes.length);
    for (const { from, to, line, lengthM: metres, freeFlowKmh } of segments) {
      expect([nodes[from], nodes[to]]).toEqual([line[0], line.at(-1)]);
      expect(Math.abs(lengthM(line) - metres)).toBeLessThan(0.1);
      expect(freeFlowKmh).toBeGreaterThan(0);
    }
  });

  it('the surveyed centre is one part in which one can drive anywhere', () => {
    const surveyed = segments.filter((segment) => !segment.isApprox && segment.class !== 'path');
    const inMain = surveyed.filter(({ from, to }) => part[from] === 0 && part[to] === 0);
    expect(inMain.length / surveyed.length).toBeGreaterThan(0.9);
  });
});

it('96 crossings with wards that exist', () => {
  const codes = new Set(geo.units().map(({ code }) => code));
  expect(geo.junctions()).toHaveLength(96);
  expect(new Set(geo.junctions().map(({ id }) => id)).size).toBe(96);
  expect(geo.junctions().filter(({ ward }) => !codes.has(ward ?? ''))).toEqual([]);
});
