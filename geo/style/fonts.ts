import fonts from './fonts.json' with { type: 'json' };

/** The two names the style writes labels in. */
export const MAP_FONTS = { regular: 'Noto Sans Regular', bold: 'Noto Sans SemiBold' } as const;

/** One font file to serve. Shape: `package` and `path` say where it lies under `node_modules`. */
export interface FontFile {
  name: string;
  package: string;
  path: string;
  weight: number;
  unicodeRange: string[];
  mediaType: 'font/woff2';
}

/** Every font file the map needs; the HTTP floor serves each by its `name` under the style's `fontsUrl`. */
export function fontFiles(): FontFile[] {
  return fonts.weights.flatMap(({ weight }) =>
    fonts.subsets.map(({ subset, ranges }) => {
      const name = `noto-sans-${subset}-${weight}-normal.woff2`;
      return { name, package: fonts.package, path: `files/${name}`, weight, unicodeRange: ranges, mediaType: 'font/woff2' };
    }),
  );
}

/** The style's `font-faces`: Vietnamese letters first, so that a letter with its marks never comes from two files. */
export function fontFaces(fontsUrl: string): Record<string, { url: string; 'unicode-range': string[] }[]> {
  const base = fontsUrl.replace(/\/$/, '');
  return Object.fromEntries(
    fonts.weights.map(({ weight, name }) => [
      name,
      fontFiles()
        .filter((file) => file.weight === weight)
        .map((file) => ({ url: `${base}/${file.name}`, 'unicode-range': file.unicodeRange })),
    ]),
  );
}
