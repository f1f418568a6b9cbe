import { spawn } from 'node:child_process';
import { createFragmentReader, type FragmentSink } from './fragmentReader.ts';

/** Why a source ended. */
export type SourceEnd = 'ended' | 'audio-only' | 'unsupported-codec' | 'auth-failed' | 'unreachable' | 'no-ffmpeg' | 'bad-stream' | 'refused-address';

export interface SourceSink extends FragmentSink {
  /** Called once, whoever ended it. */
  onEnd(reason: SourceEnd): void;
}

/** A connection to a camera. */
export interface Source {
  stop(): void;
}

export type OpenSource = (url: string, sink: SourceSink, treatment?: Treatment) => Source;

/** Only RTSP may be opened, whatever a camera's description or redirect names; the pipe brings the address. */
const PROTOCOLS = 'pipe,rtsp,rtp,tcp,tls';

/** How long the description of a camera without parameter sets is looked at. Units: µs. */
const INNER_OPTIONS = ['rtsp_transport tcp', 'timeout 5000000', 'fflags nobuffer', 'analyzeduration 1500000', 'fpsprobesize 0'];

/**
 * The address as ffmpeg reads it from its standard input. Arguments of a process are open to every account of the machine; a pipe is not.
 * Fails: throws for anything but RTSP.
 */
export function ffmpegInput(url: string): string {
  const { protocol, href } = new URL(url);
  if (protocol !== 'rtsp:' && protocol !== 'rtsps:') throw new Error(`not an RTSP address: ${protocol}`);
  return ['ffconcat version 1.0', `file '${href.replaceAll("'", "'\\''")}'`, ...INNER_OPTIONS.map((option) => `option ${option}`), ''].join('\n');
}

/** What becomes of the pictures: passed on as they are, or made H.264 for screens that cannot play what the camera sends. */
export type Treatment = 'copy' | 'h264';

const TREATMENTS: Record<Treatment, readonly string[]> = {
  copy: ['-c', 'copy'],
  h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'main', '-pix_fmt', 'yuv420p', '-vf', "scale='min(1280,iw)':-2", '-force_key_frames', 'expr:gte(t,n_forced)', '-threads', '1', '-an'],
};

/** Takes the first video track of a camera, one fragment per picture; `copy` does not decode it. */
export function ffmpegArguments(treatment: Treatment): string[] {
  const input = ['-protocol_whitelist', PROTOCOLS, '-fflags', 'nobuffer', '-analyzeduration', '0', '-probesize', '32', '-fpsprobesize', '0', '-f', 'concat', '-safe', '0', '-i', 'pipe:0'];
  const output = ['-map', '0:v:0', ...TREATMENTS[treatment], '-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_every_frame', '-flush_packets', '1', 'pipe:1'];
  return ['-hide_banner', '-loglevel', 'error', ...input, ...output];
}

/** Reads the cause out of what ffmpeg says; the text itself names the address with its password and goes nowhere. */
export function endReason(said: string): SourceEnd {
  if (/\b40[13] |Unauthorized|Forbidden/.test(said)) return 'auth-failed';
  if (/matches no streams/.test(said)) return 'audio-only';
  if (/not currently supported in container|dimensions not set/.test(said)) return 'unsupported-codec';
  if (/Connection refused|timed out|No route to host|Network is unreachable|not known|resolve|404 Not Found/i.test(said)) return 'unreachable';
  return 'ended';
}

const LONGEST_COMPLAINT = 8192;
const KILL_AFTER_MS = 2000;

export const openWithFfmpeg: OpenSource = (url, sink, treatment = 'copy') => {
  const child = spawn('ffmpeg', ffmpegArguments(treatment), { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined).end(ffmpegInput(url));
  let said = '';
  let end: SourceEnd | undefined;
  let killTimer: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGTERM');
    killTimer ??= setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  };
  const reader = createFragmentReader(sink);
  child.stdout.on('data', (chunk: Buffer) => {
    if (end !== undefined) return;
    try {
      reader.write(chunk);
    } catch {
      end = 'bad-stream';
      stop();
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-LONGEST_COMPLAINT);
  });
  child.on('error', (error: NodeJS.ErrnoException) => {
    end = error.code === 'ENOENT' ? 'no-ffmpeg' : 'ended';
  });
  child.on('close', () => {
    clearTimeout(killTimer);
    sink.onEnd(end ?? endReason(said));
  });
  return { stop };
};
