import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface FontFaces {
  normal: Buffer;
  bold: Buffer;
  italics: Buffer;
  bolditalics: Buffer;
}

const pathOf = (name: string): string => fileURLToPath(import.meta.resolve(`@expo-google-fonts/tinos/${name}/Tinos_${name}.ttf`));

/** Where the same faces lie, for drawings inside a document, which are opened by their files. */
export const FONT_PATHS = { normal: pathOf('400Regular'), bold: pathOf('700Bold'), italics: pathOf('400Regular_Italic'), bolditalics: pathOf('700Bold_Italic') } as const;

/** The four faces of Tinos, whose widths are those of Times New Roman. Licence: SIL OFL 1.1. */
export async function readFonts(): Promise<FontFaces> {
  const face = (name: string) => readFile(pathOf(name));
  const [normal, bold, italics, bolditalics] = await Promise.all([face('400Regular'), face('700Bold'), face('400Regular_Italic'), face('700Bold_Italic')]);
  return { normal, bold, italics, bolditalics };
}
