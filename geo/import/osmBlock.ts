import { PbfReader } from 'pbf';

/** Key and value pairs of an OpenStreetMap element. */
export type OsmTags = Record<string, string>;

/** A point of an extract. Units: degrees. */
export interface OsmNode {
  id: number;
  lon: number;
  lat: number;
  tags: OsmTags;
}

/** A line or ring of an extract. Shape: `refs` are node ids in order. */
export interface OsmWay {
  id: number;
  refs: number[];
  tags: OsmTags;
}

/** One part of a relation. */
export interface OsmMember {
  type: 'node' | 'way' | 'relation';
  ref: number;
  role: string;
}

/** Elements that belong together, for us the rings of a multipolygon. */
export interface OsmRelation {
  id: number;
  members: OsmMember[];
  tags: OsmTags;
}

/** What one block of an extract holds. */
export interface OsmBlock {
  nodes: OsmNode[];
  ways: OsmWay[];
  relations: OsmRelation[];
}

interface RawBlock {
  strings: string[];
  groups: Uint8Array[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
}

const MEMBER_TYPES = ['node', 'way', 'relation'] as const;

/** Decodes one uncompressed PrimitiveBlock. Names of contributors and times of edits are never read. */
export function readPrimitiveBlock(bytes: Uint8Array): OsmBlock {
  const raw = new PbfReader(bytes).readFields(readBlockField, { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 } as RawBlock);
  const block: OsmBlock = { nodes: [], ways: [], relations: [] };
  for (const group of raw.groups) {
    new PbfReader(group).readFields((tag, _, pbf) => {
      if (tag === 1) block.nodes.push(readNode(pbf, raw));
      else if (tag === 2) readDenseNodes(pbf, raw, block.nodes);
      else if (tag === 3) block.ways.push(readWay(pbf, raw));
      else if (tag === 4) block.relations.push(readRelation(pbf, raw));
    }, null);
  }
  return block;
}

function readBlockField(tag: number, raw: RawBlock, pbf: PbfReader): void {
  if (tag === 1) pbf.readMessage((field, strings, table) => void (field === 1 && strings.push(table.readString())), raw.strings);
  else if (tag === 2) raw.groups.push(pbf.readBytes());
  else if (tag === 17) raw.granularity = pbf.readVarint();
  else if (tag === 19) raw.latOffset = pbf.readVarint(true);
  else if (tag === 20) raw.lonOffset = pbf.readVarint(true);
}

function place(raw: RawBlock, lon: number, lat: number): { lon: number; lat: number } {
  const degrees = (offset: number, steps: number): number => Math.round((offset + raw.granularity * steps) / 100) / 1e7;
  return { lon: degrees(raw.lonOffset, lon), lat: degrees(raw.latOffset, lat) };
}

function tagsOf(raw: RawBlock, keys: readonly number[], values: readonly number[]): OsmTags {
  const tags: OsmTags = {};
  keys.forEach((key, i) => {
    tags[raw.strings[key] ?? ''] = (raw.strings[values[i] ?? 0] ?? '').normalize('NFC');
  });
  return tags;
}

function readNode(pbf: PbfReader, raw: RawBlock): OsmNode {
  const node = { id: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] };
  pbf.readMessage((tag, into, field) => {
    if (tag === 1) into.id = field.readSVarint();
    else if (tag === 2) field.readPackedVarint(into.keys);
    else if (tag === 3) field.readPackedVarint(into.values);
    else if (tag === 8) into.lat = field.readSVarint();
    else if (tag === 9) into.lon = field.readSVarint();
  }, node);
  return { id: node.id, ...place(raw, node.lon, node.lat), tags: tagsOf(raw, node.keys, node.values) };
}

function readDenseNodes(pbf: PbfReader, raw: RawBlock, nodes: OsmNode[]): void {
  const dense = { ids: [] as number[], lats: [] as number[], lons: [] as number[], words: [] as number[] };
  pbf.readMessage((tag, into, field) => {
    if (tag === 1) field.readPackedSVarint(into.ids);
    else if (tag === 8) field.readPackedSVarint(into.lats);
    else if (tag === 9) field.readPackedSVarint(into.lons);
    else if (tag === 10) field.readPackedVarint(into.words);
  }, dense);
  let [id, lat, lon, word] = [0, 0, 0, 0];
  dense.ids.forEach((step, i) => {
    id += step;
    lat += dense.lats[i] ?? 0;
    lon += dense.lons[i] ?? 0;
    const tags: OsmTags = {};
    for (let key = dense.words[word++] ?? 0; key !== 0; key = dense.words[word++] ?? 0) {
      tags[raw.strings[key] ?? ''] = (raw.strings[dense.words[word++] ?? 0] ?? '').normalize('NFC');
    }
    nodes.push({ id, ...place(raw, lon, lat), tags });
  });
}

function readWay(pbf: PbfReader, raw: RawBlock): OsmWay {
  const way = { id: 0, keys: [] as number[], values: [] as number[], steps: [] as number[] };
  pbf.readMessage((tag, into, field) => {
    if (tag === 1) into.id = field.readVarint();
    else if (tag === 2) field.readPackedVarint(into.keys);
    else if (tag === 3) field.readPackedVarint(into.values);
    else if (tag === 8) field.readPackedSVarint(into.steps);
  }, way);
  let ref = 0;
  return { id: way.id, refs: way.steps.map((step) => (ref += step)), tags: tagsOf(raw, way.keys, way.values) };
}

function readRelation(pbf: PbfReader, raw: RawBlock): OsmRelation {
  const relation = { id: 0, keys: [] as number[], values: [] as number[], roles: [] as number[], steps: [] as number[], types: [] as number[] };
  pbf.readMessage((tag, into, field) => {
    if (tag === 1) into.id = field.readVarint();
    else if (tag === 2) field.readPackedVarint(into.keys);
    else if (tag === 3) field.readPackedVarint(into.values);
    else if (tag === 8) field.readPackedVarint(into.roles);
    else if (tag === 9) field.readPackedSVarint(into.steps);
    else if (tag === 10) field.readPackedVarint(into.types);
  }, relation);
  let ref = 0;
  const members = relation.steps.map((step, i) => ({
    ref: (ref += step),
    role: raw.strings[relation.roles[i] ?? 0] ?? '',
    type: MEMBER_TYPES[relation.types[i] ?? 0] ?? 'node',
  }));
  return { id: relation.id, members, tags: tagsOf(raw, relation.keys, relation.values) };
}
