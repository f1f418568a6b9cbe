const PREFIX = /^(?:phường|xã|đặc khu|thị trấn|thành phố|tỉnh|thị xã|huyện|quận|đường|p\.|x\.|q\.|h\.|t[px]\.)\s*(?=\S)/iu;
const PLAIN_PREFIX = /^(?:phuong|xa|dac khu|thi tran|thanh pho|tinh|thi xa|huyen|quan|duong|tp) (?=\S)/;
const OLD_TONES: readonly (readonly [RegExp, string])[] = [
  [/(?<![qQ])([oO])([aAeE])([\u0300\u0301\u0303\u0309\u0323])(?![\p{L}])/gu, '$1$3$2'],
  [/(?<![qQ])([uU])([yY])([\u0300\u0301\u0303\u0309\u0323])(?![\p{L}])/gu, '$1$3$2'],
];

/**
 * One spelling for both ways of placing a tone ("Hoà" and "Hòa", "Thuỷ" and "Thủy"), marks kept, composed (NFC).
 * For comparing and showing names; for search use `fold`.
 */
export function sameTone(text: string): string {
  let apart = text.normalize('NFD');
  for (const [pattern, order] of OLD_TONES) apart = apart.replace(pattern, order);
  return apart.normalize('NFC');
}

/** What a person types without thinking of marks: lower case, no diacritics, đ→d, no apostrophes, single spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/['’‘ʼʹ`´"“”]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A name without its kind: "Phường Hải Châu" and "P. Hải Châu" → "Hải Châu". Needs the marks, so "Quan Hóa" stays whole. */
export function dropPrefix(name: string): string {
  return name.normalize('NFC').trim().replace(PREFIX, '');
}

/** Search key of a name: its kind dropped, then folded. A name typed without marks loses a plain prefix too. */
export function foldName(name: string): string {
  const whole = fold(name);
  const short = fold(dropPrefix(name));
  return short !== whole || whole !== name ? short : whole.replace(PLAIN_PREFIX, '');
}
