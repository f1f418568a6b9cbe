import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createRandom, type Random } from '../../kernel/random.ts';
import { FRAME_STRIP, frameStripCells } from '../frameStrip.ts';
import catalog from './catalog.json' with { type: 'json' };
import { lightNamed, mix, noise, scale, type Light } from './light.ts';
import { createRaster } from './raster.ts';
import { sceneNamed } from './scenes.ts';

const { width, height, fps, periodS } = catalog;
const FRAMES = fps * periodS;
const FINER = 2;
const BITRATE = '140k';

type Film = (index: number) => Buffer;

/** The words MÔ PHỎNG (simulated), white on a dark plate, as opacity per pixel of the whole picture. */
async function drawCaption(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect x="${width / 2 - 52}" y="10" width="104" height="24" rx="3" fill="#101418" fill-opacity=".62"/>
    <text x="${width / 2}" y="27.5" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="14" fill="#fff">MÔ PHỎNG</text></svg>`;
  return sharp(Buffer.from(svg)).raw().toBuffer();
}

function overlay(picture: Buffer, caption: Buffer): void {
  for (let pixel = 0; pixel < width * 40; pixel += 1) {
    const alpha = caption[pixel * 4 + 3]! / 255;
    for (let channel = 0; channel < 3 && alpha > 0; channel += 1) {
      const at = pixel * 3 + channel;
      picture[at] = picture[at]! * (1 - alpha) + caption[pixel * 4 + channel]! * alpha;
    }
  }
}

function drawStrip(picture: Buffer, index: number): void {
  const { left, top, cell } = FRAME_STRIP;
  for (const [position, isWhite] of frameStripCells(index).entries()) {
    for (let y = top; y < top + cell; y += 1) {
      const from = (y * width + left + position * cell) * 3;
      picture.fill(isWhite ? 235 : 16, from, from + cell * 3);
    }
  }
}

/** Streaks that fall a whole number of times per loop. */
function drawRain(picture: Buffer, index: number, random: Random): void {
  for (let drop = 0; drop < 150; drop += 1) {
    const falls = 26 + random.below(14);
    const [x, phase] = [random.next() * width, random.next()];
    const y = ((phase + (index / FRAMES) * falls) % 1) * (height + 40) - 20;
    for (let step = 0; step < 9; step += 1) {
      const [px, py] = [Math.round(x - step * 0.25), Math.round(y + step)];
      if (px < 0 || px >= width || py < 0 || py >= height) continue;
      const at = (py * width + px) * 3;
      for (let channel = 0; channel < 3; channel += 1) picture[at + channel] = picture[at + channel]! * 0.8 + 42;
    }
  }
}

/** Brings the fine picture down to size, darkens its corners and adds the grain of a sensor. */
function develop(fine: Uint8Array, random: Random, grain: number): Buffer {
  const picture = Buffer.alloc(width * height * 3);
  const stride = width * FINER * 3;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const corner = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) * 0.42;
      const speck = (random.next() - 0.5) * grain;
      for (let channel = 0; channel < 3; channel += 1) {
        const at = y * FINER * stride + x * FINER * 3 + channel;
        const mean = (fine[at]! + fine[at + 3]! + fine[at + stride]! + fine[at + stride + 3]!) / 4;
        picture[(y * width + x) * 3 + channel] = Math.min(255, Math.max(0, mean * (1 - corner) + speck));
      }
    }
  }
  return picture;
}

function sky(light: Light) {
  return (across: number, up: number) => {
    const cloud = Math.max(0, noise(across * 5, up * 9) * 0.65 + noise(across * 14, up * 24) * 0.35 - 0.46) * 1.5;
    const base = mix(light.skyLow, light.skyTop, up ** 0.6);
    return mix(base, scale(light.skyLow, light.isDark ? 0.8 : 1.12), Math.min(0.8, cloud));
  };
}

/** Builds one loop's world once and returns how to draw each of its pictures. */
function shoot(id: string, sceneName: string, lightName: string, caption: Buffer): Film {
  const [scene, light] = [sceneNamed(sceneName), lightNamed(lightName)];
  const random = createRandom(2026).fork(sceneName);
  const raster = createRaster(width * FINER, height * FINER, scene.eye, light.haze);
  const stage = { raster, light };
  scene.build(stage, random.fork('world'));
  raster.sky(sky(light));
  const actors = scene.actors(random.fork('actors'));
  const saved = { color: raster.color.slice(), depth: raster.depth.slice() };
  return (index) => {
    raster.restore(saved);
    const beat = index / FRAMES;
    for (const { way, phase, copies, draw } of actors) {
      for (let copy = 0; copy < copies; copy += 1) draw(stage, way((phase + (copy + beat) / copies) % 1), beat);
    }
    const picture = develop(raster.color, random.fork(`${id}/${index}`), light.isDark ? 9 : 5);
    if (light.isWet) drawRain(picture, index, random.fork('rain'));
    overlay(picture, caption);
    drawStrip(picture, index);
    return picture;
  };
}

async function encode(film: Film, pass: 1 | 2, folder: string, target: string): Promise<void> {
  const x264 = `keyint=${fps}:min-keyint=${fps}:scenecut=0:open-gop=0:threads=1:aud=0:stitchable=1`;
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(fps), '-i', '-'];
  const quality = ['-c:v', 'libx264', '-profile:v', 'main', '-level', '3.0', '-preset', 'slow', '-bf', '0', '-b:v', BITRATE, '-pix_fmt', 'yuv420p', '-x264-params', x264];
  const passes = ['-pass', String(pass), '-passlogfile', join(folder, 'pass')];
  const output = ['-bsf:v', 'filter_units=remove_types=6', '-f', 'h264', '-y', pass === 1 ? '/dev/null' : target];
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', ...input, ...quality, ...passes, ...output], { stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(ffmpeg, 'exit');
  for (let index = 0; index < FRAMES; index += 1) if (!ffmpeg.stdin.write(film(index))) await once(ffmpeg.stdin, 'drain');
  ffmpeg.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}

const { values } = parseArgs({ options: { only: { type: 'string' }, still: { type: 'string' } } });
const caption = await drawCaption();
for (const { id, scene, light } of catalog.loops.filter((loop) => !values.only || loop.id.startsWith(values.only))) {
  const draw = shoot(id, scene, light, caption);
  if (values.still) {
    await writeFile(join(values.still, `${id}.png`), await sharp(draw(77), { raw: { width, height, channels: 3 } }).png().toBuffer());
    continue;
  }
  const frames = Array.from({ length: FRAMES }, (_, index) => draw(index));
  const folder = await mkdtemp(join(tmpdir(), 'loop-'));
  const target = new URL(`./${id}.h264`, import.meta.url).pathname;
  for (const pass of [1, 2] as const) await encode((index) => frames[index]!, pass, folder, target);
  await rm(folder, { recursive: true });
  process.stdout.write(`${id}\n`);
}
