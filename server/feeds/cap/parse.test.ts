import { readFileSync } from 'node:fs';
import { Compile } from 'typebox/compile';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AlertItem } from '#contract/topics/alert.ts';
import { parseCap } from './parse.ts';
import { kindOf, levelOf } from './urgency.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.xml`, import.meta.url), 'utf8');
const item = Compile(AlertItem);

function read(xml: string) {
  const message = parseCap(xml);
  if (!message.ok) throw new Error(message.fault.detail);
  for (const one of message.value.items) expect(item.Check(one), JSON.stringify(item.Errors(one))).toBe(true);
  return message.value;
}

test('a flood warning in two languages: the Vietnamese one, its polygon and its time', () => {
  const { items } = read(fixture('flood'));
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    key: 'canh-bao@example.vn,VN-2026-0917,2026-10-01T08:15:00+07:00',
    at: Date.UTC(2026, 9, 1, 1, 15),
    kind: 'flood',
    level: 1,
    status: 'active',
    title: 'Cảnh báo ngập sâu & nước dâng nhanh khu vực ven sông',
  });
  expect(items[0]!.ref).toBe(items[0]!.key);
  expect(items[0]!.area).toEqual({ type: 'Polygon', coordinates: [[[108.2, 16.04], [108.24, 16.04], [108.24, 16.08], [108.2, 16.08], [108.2, 16.04]]] });
  expect(items[0]!.position![0]).toBeCloseTo(108.22, 6);
  expect(items[0]!.text).toContain('Khu vực: Phường Hòa Cường; Phường Hải Châu');
});

test('an update names the first message of its story, a cancellation ends it', () => {
  const first = read(fixture('flood')).items[0]!;
  const update = read(fixture('update')).items[0]!;
  const cancel = read(fixture('cancel')).items[0]!;
  expect([update.ref, update.level, update.status]).toEqual([first.ref, 3, 'active']);
  expect([cancel.ref, cancel.status, cancel.title]).toEqual([first.ref, 'ended', 'Hủy bỏ cảnh báo']);
  expect(new Set([first.key, update.key, cancel.key]).size).toBe(3);
});

test('a prefix on every element, two hazards, circles and several polygons', () => {
  const { items } = read(fixture('storm'));
  expect(items.map(({ kind, level }) => [kind, level])).toEqual([['environment', 2], ['flood', 3]]);
  expect(items[1]!.key).toBe(`${items[0]!.key}#2`);
  expect(items[0]!.area!.type).toBe('Polygon');
  expect(items[1]!.area!.type).toBe('MultiPolygon');
  const ring = items[0]!.area!.coordinates[0] as [number, number][];
  expect(ring[0]).toEqual(ring.at(-1));
});

test('an exercise says so in its title and its provenance', () => {
  const xml = fixture('flood').replace('<status>Actual<', '<status>Exercise<');
  expect(read(xml).items[0]).toMatchObject({ provenance: 'simulated', title: expect.stringMatching(/^DIỄN TẬP – /) });
});

const flood = fixture('flood');
test.each([
  ['a test', flood.replace('>Actual<', '>Test<'), 'status Test'],
  ['a system message', flood.replace('>Actual<', '>System<'), 'status System'],
  ['an acknowledgement', flood.replace('<msgType>Alert<', '<msgType>Ack<'), 'msgType Ack'],
  ['no zone', flood.replace('08:15:00+07:00', '08:15:00'), 'sent needs a time'],
  ['no such day', flood.replace('2026-10-01T08:15', '2026-13-41T08:15'), 'sent needs a time'],
  ['no identifier', flood.replace(/<identifier>.*<\/identifier>/, ''), 'identifier'],
  ['a comma in the sender', flood.replace('canh-bao@example.vn', 'a,b'), 'identifier'],
  ['an update of nothing', flood.replace('<msgType>Alert<', '<msgType>Update<'), 'references'],
  ['no info', flood.replace(/<info>[\s\S]*<\/info>/, ''), 'info block'],
  ['an unknown severity', flood.replaceAll('<severity>Extreme<', '<severity>Huge<'), 'severity Huge'],
  ['no event', flood.replace(/<event>.*?<\/event>/g, ''), 'info needs event'],
  ['an open ring', flood.replaceAll('16.04,108.2 </polygon>', '16.05,108.2</polygon>').replaceAll(' 16.04,108.20</polygon>', '</polygon>'), 'polygon'],
  ['words as a polygon', flood.replaceAll(/<polygon>.*?<\/polygon>/g, '<polygon>ở đây</polygon>'), 'polygon'],
  ['a circle without radius', flood.replaceAll(/<polygon>.*?<\/polygon>/g, '<circle>16,108</circle>'), 'circle'],
  ['another vocabulary', flood.replace('cap:1.2', 'cap:1.0'), 'namespace'],
  ['another root', '<feed xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>', 'root element'],
  ['a type declaration', flood.replace('<alert', '<!DOCTYPE alert [<!ENTITY x "y">]><alert'), 'type declaration'],
  ['another encoding', flood.replace('UTF-8', 'ISO-8859-1'), 'encoding'],
  ['a missing end', flood.replace('</alert>', ''), 'well formed'],
  ['no XML', 'xin chào', 'well formed'],
  ['nothing', '', 'well formed'],
  ['nested without sense', `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${'<a>'.repeat(500)}${'</a>'.repeat(500)}</alert>`, 'root element'],
  ['a reserved name', '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><__proto__>x</__proto__></alert>', 'root element'],
])('%s is refused and the reason is said', (_name, xml, reason) => {
  const message = parseCap(xml);
  expect(message.ok).toBe(false);
  expect(message).toMatchObject({ fault: { code: 'INGEST_CAP', detail: expect.stringContaining(reason) } });
});

test('any damage to a message gives a value or a coded refusal, never a throw', () => {
  fc.assert(
    fc.property(fc.nat(flood.length), fc.nat(60), fc.string({ maxLength: 8 }), (at, cut, put) => {
      const message = parseCap(flood.slice(0, at) + put + flood.slice(at + cut));
      if (message.ok) for (const one of message.value.items) expect(item.Check(one)).toBe(true);
      else expect(message.fault.code).toBe('INGEST_CAP');
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['Extreme', 'Immediate', 'Observed', 1],
  ['Severe', 'Immediate', 'Observed', 1],
  ['Severe', 'Immediate', 'Likely', 2],
  ['Severe', 'Future', 'Possible', 3],
  ['Moderate', 'Expected', 'Likely', 3],
  ['Moderate', 'Past', 'Observed', 4],
  ['Minor', 'Past', 'Unlikely', 4],
  ['Unknown', 'Unknown', 'Unknown', 4],
] as const)('%s, %s, %s is level %i', (severity, urgency, certainty, level) => {
  expect(levelOf({ severity, urgency, certainty })).toBe(level);
});

test.each([
  ['Ngập lụt đô thị', [], 'flood'],
  ['Cảnh báo lũ quét', ['Geo'], 'flood'],
  ['Cháy lớn tại khu dân cư', [], 'fire'],
  ['Sạt lở đất', ['Geo'], 'infrastructure'],
  ['Bão số 5', ['Met'], 'environment'],
  ['Traffic jam', [], 'congestion'],
  ['Sự kiện khác', ['Transport'], 'congestion'],
  ['Sự kiện khác', ['constructor'], 'environment'],
] as const)('"%s" %j is %s', (event, categories, kind) => {
  expect(kindOf(event, categories)).toBe(kind);
});
