const BLOCK = 512;
const textAt = (header: Buffer, from: number, length: number) => header.toString('utf8', from, from + length).replace(/\0.*$/s, '');

/** Entries of a tar in their order: `from` and `to` hold header and data. Fails: throws when one ends behind the end. */
function* entriesOf(tar: Buffer): Generator<{ name: string; from: number; to: number }> {
  for (let from = 0; from + BLOCK <= tar.length && tar[from] !== 0; ) {
    const header = tar.subarray(from, from + BLOCK);
    const prefix = textAt(header, 345, 155);
    const size = Number.parseInt(textAt(header, 124, 12).trim() || '0', 8);
    const to = from + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (!(to <= tar.length)) throw new Error('the tar is cut off');
    yield { name: `${prefix === '' ? '' : `${prefix}/`}${textAt(header, 0, 100)}`, from, to };
    from = to;
  }
}

/** Names of what a tar holds. */
export const namesIn = (tar: Buffer): string[] => [...entriesOf(tar)].map(({ name }) => name);

/** A tar of those entries whose name fits, as they are. */
export const pick = (tar: Buffer, fits: RegExp): Buffer => Buffer.concat([...[...entriesOf(tar)].filter(({ name }) => fits.test(name)).map(({ from, to }) => tar.subarray(from, to)), Buffer.alloc(2 * BLOCK)]);
