/** What a camera wrote into a photo. `isBroken`: it wrote something that can not be. Units: epoch ms, degrees WGS84. */
export interface PhotoFacts {
  position: [number, number] | null;
  takenAt: number | null;
  isBroken: boolean;
}

const NOTHING: PhotoFacts = { position: null, takenAt: null, isBroken: false };
const APP1 = 0xffe1;
const IMAGE_DATA = 0xffda;
const TAG = { exif: 0x8769, gps: 0x8825, taken: 0x9003, offset: 0x9011, latRef: 1, lat: 2, lonRef: 3, lon: 4 } as const;
const FORM = { ascii: 2, long: 4, rational: 5 } as const;
const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const MOST_FIELDS = 200;
/** No photo is older than this; a camera without a battery says 1970 or 1980. */
const EARLIEST = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

interface FieldAt {
  form: number;
  count: number;
  at: number;
}

/** Reads the position and the moment of a JPEG's EXIF. What is damaged, or lies outside the Earth, before 2000 or after `now`, is said to be broken. */
export function readPhotoFacts(bytes: Uint8Array, now: number): PhotoFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const tiff = exifStart(view);
    return tiff === undefined ? NOTHING : factsOf(new DataView(view.buffer, view.byteOffset + tiff, view.byteLength - tiff), now);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...NOTHING, isBroken: true };
  }
}

function exifStart(view: DataView): number | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 10 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker === APP1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
    if (marker === IMAGE_DATA || marker < 0xff00) return undefined;
  }
  return undefined;
}

function factsOf(tiff: DataView, now: number): PhotoFacts {
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return { ...NOTHING, isBroken: true };
  const isLittle = order === 0x4949;
  const fieldsAt = (at: number): Map<number, FieldAt> => {
    const count = Math.min(MOST_FIELDS, tiff.getUint16(at, isLittle));
    const fields = Array.from({ length: count }, (_, index): [number, FieldAt] => {
      const field = at + 2 + index * 12;
      const [form, length] = [tiff.getUint16(field + 2, isLittle), tiff.getUint32(field + 4, isLittle)];
      const isInside = (SIZES[form] ?? 1) * length <= 4;
      return [tiff.getUint16(field, isLittle), { form, count: length, at: isInside ? field + 8 : tiff.getUint32(field + 8, isLittle) }];
    });
    return new Map(fields);
  };
  const textOf = (field: FieldAt | undefined): string =>
    field?.form === FORM.ascii ? String.fromCharCode(...Array.from({ length: Math.min(field.count, 40) }, (_, index) => tiff.getUint8(field.at + index))).replace(/\0.*$/s, '') : '';
  const inside = (fields: Map<number, FieldAt>, tag: number): Map<number, FieldAt> => {
    const field = fields.get(tag);
    return field?.form === FORM.long ? fieldsAt(tiff.getUint32(field.at, isLittle)) : new Map();
  };
  const degreesOf = (field: FieldAt | undefined): number | null => {
    if (field?.form !== FORM.rational || field.count !== 3) return null;
    const [degrees, minutes, seconds] = [0, 1, 2].map((part) => tiff.getUint32(field.at + part * 8, isLittle) / tiff.getUint32(field.at + part * 8 + 4, isLittle));
    return degrees! + minutes! / 60 + (Number.isFinite(seconds) ? seconds! : 0) / 3600;
  };

  const first = fieldsAt(tiff.getUint32(4, isLittle));
  const [gps, exif] = [inside(first, TAG.gps), inside(first, TAG.exif)];
  const [lat, lon] = [degreesOf(gps.get(TAG.lat)), degreesOf(gps.get(TAG.lon))];
  const position: [number, number] | null = lat === null || lon === null ? null : [textOf(gps.get(TAG.lonRef)) === 'W' ? -lon : lon, textOf(gps.get(TAG.latRef)) === 'S' ? -lat : lat];
  const takenAt = momentOf(textOf(exif.get(TAG.taken)), textOf(exif.get(TAG.offset)));
  const isOnEarth = position === null || (Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90 && (position[0] !== 0 || position[1] !== 0));
  const isInTime = takenAt === null || (takenAt >= EARLIEST && takenAt <= now + DAY_MS);
  return { position: isOnEarth ? position : null, takenAt: isInTime ? takenAt : null, isBroken: !isOnEarth || !isInTime };
}

/** Cameras write the time of the place; without its offset Việt Nam is meant. */
function momentOf(text: string, offset: string): number | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  if (!parts) return null;
  const at = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}${/^[+-]\d\d:\d\d$/.test(offset) ? offset : '+07:00'}`);
  return Number.isNaN(at) ? null : at;
}
