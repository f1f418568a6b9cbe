import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import type { PictureMask } from '#contract/topics/camera.ts';
import { maskDrawing } from '../maskDrawing.ts';

/** Makes a film in which the masked parts are black for good. Fails: undefined when ffmpeg is missing or can not read the film. */
export type BurnMasks = (film: Buffer, masks: readonly PictureMask[]) => Promise<Buffer | undefined>;

/** Stretched over the film by ffmpeg, whatever its size. */
const DRAWN = { width: 1280, height: 720 };
const ARGUMENTS = [
  '-hide_banner', '-loglevel', 'error', '-protocol_whitelist', 'pipe', '-f', 'mp4', '-i', 'pipe:0', '-f', 'png_pipe', '-i', 'pipe:3',
  '-filter_complex', '[1:v][0:v]scale2ref[mask][film];[film][mask]overlay=format=auto[covered]', '-map', '[covered]',
  '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20', '-pix_fmt', 'yuv420p', '-threads', '1', '-an', '-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_keyframe', 'pipe:1',
];

export const burnMasks: BurnMasks = async (film, masks) => {
  const drawing = await sharp(maskDrawing(masks, DRAWN.width, DRAWN.height)).png().toBuffer();
  const child = spawn('ffmpeg', ARGUMENTS, { stdio: ['pipe', 'pipe', 'ignore', 'pipe'] });
  const { stdin, stdout, stdio } = child;
  if (!stdin || !stdout) throw new Error('ffmpeg without pipes');
  const ended = new Promise<number | null>((resolve) => child.on('error', () => resolve(null)).on('close', resolve));
  for (const [pipe, bytes] of [[stdin, film], [stdio[3] as Writable, drawing]] as const) pipe.on('error', () => undefined).end(bytes);
  const [code, covered] = await Promise.all([ended, buffer(stdout)]);
  return code === 0 && covered.length > 0 ? covered : undefined;
};
