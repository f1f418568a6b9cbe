import { spawn } from 'node:child_process';
import { createFragmentReader, type FragmentSink } from './fragmentReader.ts';

/** Why a source ended. */
export type SourceEnd = 'ended' | 'auth-failed' | 'unreachable' | 'no-ffmpeg' | 'bad-stream' | 'refused-address';

export interface SourceSink extends FragmentSink {
  /** Called once, whoever ended it. */
  onEnd(reason: SourceEnd): void;
}

/** A connection to a camera. */
export interface Source {
  stop(): void;
}

export type OpenSource = (url: string, sink: SourceSink) => Source;

/** Only RTSP may be opened, whatever a camera's description or redirect names. */
const PROTOCOLS = 'rtsp,rtp,tcp,tls';

/** Copies the first video track of a camera, one fragment per picture, without decoding it. */
export function ffmpegArguments(url: string): string[] {
  const { protocol, href } = new URL(url);
  if (protocol !== 'rtsp:' && protocol !== 'rtsps:') throw new Error(`not an RTSP address: ${protocol}`);
  const input = ['-protocol_whitelist', PROTOCOLS, '-rtsp_transport', 'tcp', '-timeout', '5000000', '-fflags', 'nobuffer', '-analyzeduration', '1500000', '-i', href];
  const output = ['-map', '0:v:0', '-c', 'copy', '-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_every_frame', '-flush_packets', '1', 'pipe:1'];
  return ['-nostdin', '-hide_banner', '-loglevel', 'error', ...input, ...output];
}

/** Reads the cause out of what ffmpeg says; the text itself names the address with its password and goes nowhere. */
export function endReason(said: string): SourceEnd {
  if (/\b40[13] |Unauthorized|Forbidden/.test(said)) return 'auth-failed';
  if (/Connection refused|timed out|No route to host|Network is unreachable|not known|resolve|404 Not Found/i.test(said)) return 'unreachable';
  return 'ended';
}

const LONGEST_COMPLAINT = 8192;
const KILL_AFTER_MS = 2000;

export const openWithFfmpeg: OpenSource = (url, sink) => {
  const child = spawn('ffmpeg', ffmpegArguments(url), { stdio: ['ignore', 'pipe', 'pipe'] });
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
