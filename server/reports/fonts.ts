import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface FontFaces {
  normal: Buffer;
  bold: Buffer;
  italics: Buffer;
  bolditalics: Buffer;
}

/** The four faces of Tinos, whose widths are those of Times New Roman. Licence: SIL OFL 1.1. */
export async function readFonts(): Promise<FontFaces> {
  const face = (name: string) => readFile(fileURLToPath(import.meta.resolve(`@expo-google-fonts/tinos/${name}/Tinos_${name}.ttf`)));
  const [normal, bold, italics, bolditalics] = await Promise.all([face('400Regular'), face('700Bold'), face('400Regular_Italic'), face('700Bold_Italic')]);
  return { normal, bold, italics, bolditalics };
}
