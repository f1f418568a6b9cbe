interface Packed {
  packed: BlobPart;
}

const isPacked = (data: unknown): data is Packed => typeof data === 'object' && data !== null && 'packed' in data;

/** An answer whose state came packed, as it would have come plain. Fails: rejects when the bytes are no such thing. */
export async function unpacked(data: unknown): Promise<unknown> {
  if (!isPacked(data)) return data;
  const { packed, ...rest } = data;
  const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return { ...rest, snapshot: await new Response(text).json() };
}
