/** The boxes that describe the pictures lie at the front. */
const HEAD_BYTES = 4096;
const hex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();

/** The payload after the four letters of a box, wherever it lies in the head of a film. */
function behind(film: Buffer, letters: string): Buffer | undefined {
  const at = film.subarray(0, HEAD_BYTES).indexOf(letters, 0, 'latin1');
  return at < 0 ? undefined : film.subarray(at + 4);
}

const PROFILE_SPACES = ['', 'A', 'B', 'C'];

const reversedBits = (word: number): number => {
  let turned = 0;
  for (let bit = 0; bit < 32; bit += 1) turned = turned * 2 + ((word >>> bit) & 1);
  return turned;
};

/** H.265 as a browser wants it named. Source: ISO/IEC 14496-15, annex E. */
function hevcName(config: Buffer): string {
  const profile = config[1]!;
  const constraints = [...config.subarray(6, 12)].map((byte) => byte.toString(16).toUpperCase());
  while (constraints.at(-1) === '0') constraints.pop();
  const level = `${(profile & 0x20) === 0 ? 'L' : 'H'}${config[12]}`;
  return ['hvc1', `${PROFILE_SPACES[profile >> 6]}${profile & 0x1f}`, reversedBits(config.readUInt32BE(2)).toString(16).toUpperCase(), level, ...constraints].join('.');
}

/** What a player must be told of a film before its first byte: the container and the codec. Source: RFC 6381. */
export function filmType(film: Buffer): string {
  const [avc, hevc] = [behind(film, 'avcC'), behind(film, 'hvcC')];
  const codec = avc ? `avc1.${hex(avc[1]!)}${hex(avc[2]!)}${hex(avc[3]!)}` : hevc && hevcName(hevc);
  return codec ? `video/mp4; codecs="${codec}"` : 'video/mp4';
}
