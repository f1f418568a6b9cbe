declare module 'vt-pbf' {
  interface SlicedTile { features: readonly unknown[] }
  export function fromGeojsonVt(layers: Record<string, SlicedTile>, options: { version: number; extent: number }): Uint8Array;
}
