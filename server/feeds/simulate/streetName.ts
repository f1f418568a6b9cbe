const OWN_WORD = /^(Đường|Cầu|Hầm|Quốc lộ|Kiệt|Hẻm|Đại lộ)\b/u;
const NOT_A_STREET = /\b(Ga|Lối|Hướng|Số)\b/u;
const JOINED = /^(Đường|Cầu|Hầm|Quốc|Kiệt|Hẻm|Đại)(?=\s)/u;

/** Whether a street's name can stand in a sentence: not a way inside the airport or a number. */
export const isSpeakable = (name: string | undefined): name is string => name !== undefined && !NOT_A_STREET.test(name);

/** A street's name inside a Vietnamese sentence: `đường Bạch Đằng`, `cầu Rồng`, `kiệt 40 Nguyễn Hữu Thọ`. */
export function inSentence(name: string): string {
  if (!OWN_WORD.test(name) && !JOINED.test(name)) return `đường ${name}`;
  return name.replace(JOINED, (word) => word.toLocaleLowerCase('vi'));
}

/** A place's name inside a sentence: `chợ Tân Lập`, `công viên APEC`, `trường tiểu học Tây Hồ`. */
export function placeInSentence(name: string): string {
  return name.replace(/^(Chợ|Công [Vv]iên|Trường( Tiểu học| Trung học cơ sở| Mầm non)?|Bảo tàng)(?=\s)/u, (kind) => kind.toLocaleLowerCase('vi'));
}
