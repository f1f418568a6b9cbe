import { inflateRawSync, inflateSync } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;

/** Every file of a ZIP archive (XLSX, DOCX) as one text. */
function textOfZip(bytes: Buffer): string {
  const texts: string[] = [];
  for (let at = 0; at + 46 < bytes.length; at += 1) {
    if (bytes.readUInt32LE(at) !== CENTRAL_HEADER) continue;
    const [method, size, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    if (bytes.readUInt32LE(local) !== LOCAL_HEADER) continue;
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    texts.push((method === 8 ? inflateRawSync(packed) : packed).toString('utf8'));
  }
  return texts.join('\n');
}

/** The streams of a PDF unpacked, with its letters put back by the font's own table. */
function textOfPdf(bytes: Buffer): string {
  const streams: string[] = [];
  for (let at = bytes.indexOf('stream'); at !== -1; at = bytes.indexOf('stream', at + 6)) {
    const start = at + (bytes[at + 6] === 13 ? 8 : 7);
    const end = bytes.indexOf('endstream', start);
    if (end === -1) break;
    const packed = bytes.subarray(start, end);
    streams.push(packed[0] === 0x78 ? inflateSync(packed, { finishFlush: 2 }).toString('latin1') : packed.toString('latin1'));
    at = end;
  }
  const letters = new Map<string, string>();
  for (const stream of streams) {
    for (const [, from, to, list] of stream.matchAll(/<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*\[([^\]]*)\]/g)) {
      const codes = [...(list ?? '').matchAll(/<([0-9a-fA-F]+)>/g)].map(([, code]) => code ?? '');
      for (let code = parseInt(from ?? '', 16); code <= parseInt(to ?? '', 16); code += 1) {
        const hex = codes[code - parseInt(from ?? '', 16)] ?? '';
        letters.set(code.toString(16).padStart(4, '0'), Buffer.from(hex, 'hex').swap16().toString('utf16le'));
      }
    }
  }
  const shown = streams.flatMap((stream) => [...stream.matchAll(/<([0-9a-fA-F]+)>/g)].map(([, hex]) => (hex ?? '').toLowerCase().replace(/.{4}/g, (code) => letters.get(code) ?? '')));
  return shown.join('');
}

/** Whatever a person could read in an answer, unpacked. */
export function textOf(bytes: Buffer): string {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return textOfZip(bytes);
  if (bytes.subarray(0, 4).toString('latin1') === '%PDF') return textOfPdf(bytes);
  return bytes.toString('utf8');
}
