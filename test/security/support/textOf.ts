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

interface PdfObject {
  head: string;
  stream: string;
}

/** Objects of a PDF by their number, their streams unpacked. */
function objectsOf(bytes: Buffer): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  const whole = bytes.toString('latin1');
  for (const { index, 0: opening, 1: number } of whole.matchAll(/(\d+) 0 obj\b/g)) {
    const end = whole.indexOf('endobj', index);
    const streamAt = whole.indexOf('stream', index);
    const hasStream = streamAt !== -1 && streamAt < end;
    const head = whole.slice(index + opening.length, hasStream ? streamAt : end);
    const start = streamAt + (bytes[streamAt + 6] === 13 ? 8 : 7);
    const packed = hasStream ? bytes.subarray(start, bytes.indexOf('endstream', start)) : Buffer.alloc(0);
    objects.set(number!, { head, stream: (packed[0] === 0x78 ? inflateSync(packed, { finishFlush: 2 }) : packed).toString('latin1') });
  }
  return objects;
}

/** Letters by glyph, from the table a font brings for readers. */
function lettersOf(table: string): Map<string, string> {
  const letters = new Map<string, string>();
  for (const [, from, to, list] of table.matchAll(/<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*\[([^\]]*)\]/g)) {
    const codes = [...(list ?? '').matchAll(/<([0-9a-fA-F]+)>/g)].map(([, code]) => code ?? '');
    for (let code = parseInt(from ?? '', 16); code <= parseInt(to ?? '', 16); code += 1) {
      letters.set(code.toString(16).padStart(4, '0'), Buffer.from(codes[code - parseInt(from ?? '', 16)] ?? '', 'hex').swap16().toString('utf16le'));
    }
  }
  return letters;
}

/** What a PDF shows: the strings of its pages, each by the letters of the font that is set. */
function textOfPdf(bytes: Buffer): string {
  const objects = objectsOf(bytes);
  const fonts = new Map<string, Map<string, string>>();
  for (const { head } of objects.values()) {
    for (const [, name, number] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number!)?.head ?? '')?.[1];
      if (table !== undefined) fonts.set(name!, lettersOf(objects.get(table)?.stream ?? ''));
    }
  }
  let font = new Map<string, string>();
  const shown: string[] = [];
  for (const { stream } of objects.values()) {
    for (const [, name, hex] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-fA-F]+)>/g)) {
      if (name !== undefined) font = fonts.get(name) ?? font;
      else shown.push((hex ?? '').toLowerCase().replace(/.{4}/g, (code) => font.get(code) ?? ''));
    }
  }
  return shown.join('');
}

/** Whatever a person could read in an answer, unpacked. */
export function textOf(bytes: Buffer): string {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return textOfZip(bytes);
  if (bytes.subarray(0, 4).toString('latin1') === '%PDF') return textOfPdf(bytes);
  return bytes.toString('utf8');
}
