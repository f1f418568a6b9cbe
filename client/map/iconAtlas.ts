import ambulance from '@mapbox/maki/icons/hospital.svg?raw';
import fireEngine from '@mapbox/maki/icons/fire-station.svg?raw';
import police from '@mapbox/maki/icons/police.svg?raw';
import { LEVEL_GLYPHS } from '../ui/glyph.ts';

const CELL = 96;
const COLUMNS = 4;
const SYMBOLS = { police, ambulance, 'fire-engine': fireEngine } as const;

export type IconName = 'level1' | 'level2' | 'level3' | 'level4' | 'taken1' | 'taken2' | 'taken3' | 'taken4' | 'arrow' | 'halo' | keyof typeof SYMBOLS;

export interface IconAtlas {
  image: HTMLCanvasElement;
  mapping: Record<string, { x: number; y: number; width: number; height: number; anchorX: number; anchorY: number; mask: boolean }>;
}

function drawLevel(pen: CanvasRenderingContext2D, level: 1 | 2 | 3 | 4, isTaken: boolean): void {
  const glyph = LEVEL_GLYPHS[level];
  const shape = new Path2D(glyph.path);
  pen.save();
  pen.translate(12, 12);
  pen.scale(3, 3);
  pen.lineJoin = 'round';
  pen.strokeStyle = '#14191e';
  pen.lineWidth = 4;
  pen.stroke(shape);
  pen.fillStyle = isTaken ? '#222931' : glyph.colour;
  pen.fill(shape);
  pen.strokeStyle = glyph.colour;
  pen.lineWidth = 1.8;
  pen.stroke(shape);
  pen.fillStyle = isTaken ? glyph.colour : '#14181c';
  pen.font = '600 13px "Noto Sans"';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(glyph.numeral, 12, glyph.numeralY + 0.8);
  pen.restore();
}

function drawArrow(pen: CanvasRenderingContext2D): void {
  pen.fillStyle = '#ffffff';
  pen.fill(new Path2D('M48 10 78 82 48 66 18 82Z'));
}

function drawHalo(pen: CanvasRenderingContext2D): void {
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 7;
  pen.stroke(new Path2D('M48 6A42 42 0 1 1 48 90 42 42 0 1 1 48 6Z'));
}

async function drawSymbol(pen: CanvasRenderingContext2D, svg: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg.replace('<svg ', '<svg fill="#14181c" '))}`;
  await image.decode();
  pen.fillStyle = '#e6eaee';
  pen.fill(new Path2D('M48 8A40 40 0 1 1 48 88 40 40 0 1 1 48 8Z'));
  pen.drawImage(image, 22, 22, 52, 52);
}

/** Every glyph of the map in one picture, drawn once; nothing is fetched. */
export async function createIconAtlas(): Promise<IconAtlas> {
  await Promise.all(['600 13px "Noto Sans"', '400 13px "Noto Sans"'].map((font) => document.fonts.load(font)));
  const drawings: [IconName, (pen: CanvasRenderingContext2D) => void | Promise<void>][] = [
    ...([1, 2, 3, 4] as const).flatMap((level): [IconName, (pen: CanvasRenderingContext2D) => void][] => [
      [`level${level}`, (pen) => drawLevel(pen, level, false)],
      [`taken${level}`, (pen) => drawLevel(pen, level, true)],
    ]),
    ['arrow', drawArrow],
    ['halo', drawHalo],
    ...Object.entries(SYMBOLS).map(([name, svg]): [IconName, (pen: CanvasRenderingContext2D) => Promise<void>] => [name as IconName, (pen) => drawSymbol(pen, svg)]),
  ];
  const image = document.createElement('canvas');
  image.width = CELL * COLUMNS;
  image.height = CELL * Math.ceil(drawings.length / COLUMNS);
  const mapping: IconAtlas['mapping'] = {};
  for (const [index, [name, draw]] of drawings.entries()) {
    const cell = document.createElement('canvas');
    cell.width = cell.height = CELL;
    const pen = cell.getContext('2d');
    if (!pen) throw new Error('this browser draws no canvas');
    await draw(pen);
    const x = (index % COLUMNS) * CELL;
    const y = Math.floor(index / COLUMNS) * CELL;
    image.getContext('2d')?.drawImage(cell, x, y);
    mapping[name] = { x, y, width: CELL, height: CELL, anchorX: CELL / 2, anchorY: CELL / 2, mask: name === 'arrow' || name === 'halo' };
  }
  return { image, mapping };
}
