import { gunzipSync } from 'node:zlib';
import { PbfReader } from 'pbf';

/** A value that a feature of a tile may carry. */
export type TileValue = string | number | boolean;

/** A feature as the tile encoder takes it. Shape: `type` 1 point, 2 line, 3 area; geometry in tile units, rings closed. */
export type TileFeature = { id?: number; tags: Record<string, TileValue> } & (
  | { type: 1; geometry: [number, number][] }
  | { type: 2 | 3; geometry: [number, number][][] }
);

/** A decoded tile: features by layer. */
export type TileLayers = Record<string, { features: TileFeature[] }>;

interface RawFeature {
  id?: number;
  type: number;
  tags: number[];
  commands: number[];
}

/** Decodes a gzip vector tile. Source: https://github.com/mapbox/vector-tile-spec/tree/master/2.1 */
export function readVectorTile(gzip: Uint8Array): TileLayers {
  const layers: TileLayers = {};
  new PbfReader(gunzipSync(gzip)).readFields((tag, into, pbf) => {
    if (tag === 3) Object.assign(into, readLayer(pbf));
  }, layers);
  return layers;
}

function readLayer(pbf: PbfReader): TileLayers {
  const layer = { name: '', keys: [] as string[], values: [] as TileValue[], raw: [] as RawFeature[] };
  pbf.readMessage((tag, into, field) => {
    if (tag === 1) into.name = field.readString();
    else if (tag === 2) into.raw.push(field.readMessage(readFeature, { type: 0, tags: [], commands: [] } as RawFeature));
    else if (tag === 3) into.keys.push(field.readString());
    else if (tag === 4) into.values.push(readValue(field));
  }, layer);
  return { [layer.name]: { features: layer.raw.map((raw) => toFeature(raw, layer.keys, layer.values)) } };
}

function readFeature(tag: number, feature: RawFeature, pbf: PbfReader): void {
  if (tag === 1) feature.id = pbf.readVarint();
  else if (tag === 2) pbf.readPackedVarint(feature.tags);
  else if (tag === 3) feature.type = pbf.readVarint();
  else if (tag === 4) pbf.readPackedVarint(feature.commands);
}

function readValue(pbf: PbfReader): TileValue {
  return pbf.readMessage((tag, into: { value: TileValue }, field) => {
    if (tag === 1) into.value = field.readString();
    else if (tag === 2) into.value = field.readFloat();
    else if (tag === 3) into.value = field.readDouble();
    else if (tag === 4) into.value = field.readVarint(true);
    else if (tag === 5) into.value = field.readVarint();
    else if (tag === 6) into.value = field.readSVarint();
    else if (tag === 7) into.value = field.readBoolean();
  }, { value: '' }).value;
}

function toFeature(raw: RawFeature, keys: readonly string[], values: readonly TileValue[]): TileFeature {
  const tags: Record<string, TileValue> = {};
  for (let i = 0; i < raw.tags.length; i += 2) tags[keys[raw.tags[i] ?? 0] ?? ''] = values[raw.tags[i + 1] ?? 0] ?? '';
  const lines = drawn(raw.commands);
  const id = raw.id === undefined ? {} : { id: raw.id };
  return raw.type === 1 ? { ...id, tags, type: 1, geometry: lines.flat() } : { ...id, tags, type: raw.type === 3 ? 3 : 2, geometry: lines };
}

function drawn(commands: readonly number[]): [number, number][][] {
  const lines: [number, number][][] = [];
  const step = (value: number): number => (value >> 1) ^ -(value & 1);
  let [x, y] = [0, 0];
  for (let i = 0; i < commands.length; ) {
    const word = commands[i++] ?? 0;
    const isMove = (word & 7) === 1;
    if ((word & 7) === 7) {
      const line = lines.at(-1);
      if (line?.[0]) line.push([...line[0]]);
      continue;
    }
    for (let count = word >> 3; count > 0; count--) {
      x += step(commands[i++] ?? 0);
      y += step(commands[i++] ?? 0);
      if (isMove) lines.push([]);
      lines.at(-1)?.push([x, y]);
    }
  }
  return lines;
}
