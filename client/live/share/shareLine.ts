import type { Share, ShareSignal, ShareSignalled } from '#contract/share.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Wire } from '../wire.ts';

/** How a watched share stands: nothing yet, pictures, or no way from browser to browser. */
export type ShareState = 'opening' | 'live' | 'lost';

/** Pictures from browser to browser inside the network; only the first letters go through the server. */
export interface ShareLine {
  /** Watches a share. `onStream` is told of the stream and of how it stands. Returns how to leave. */
  watch(share: string, onStream: (stream: MediaStream | null, state: ShareState) => void): () => void;
  /** Shares a stream with everybody who watches, until `stop` or until the stream ends. */
  open(stream: MediaStream, words: Pick<Share, 'label' | 'kind'>): Promise<Outcome<Sharing>>;
  close(): void;
}

export interface Sharing {
  share: Share;
  /** How many windows watch now. */
  watchers(): number;
  stop(): void;
}

export interface ShareLineDeps {
  wire: Pick<Wire, 'send' | 'on' | 'onUp' | 'isUp'>;
  connect: () => RTCPeerConnection;
}

const WATCH_AGAIN_MS = 3000;

const candidateOf = ({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate): ShareSignal => ({ kind: 'candidate', candidate, mid: sdpMid, line: sdpMLineIndex });
const iceOf = ({ candidate, mid, line }: Extract<ShareSignal, { kind: 'candidate' }>): RTCIceCandidateInit => ({ candidate, sdpMid: mid, sdpMLineIndex: line });

export function createShareLine({ wire, connect }: ShareLineDeps): ShareLine {
  const listeners = new Set<(letter: ShareSignalled) => void>();
  const stops = new Set<() => void>();
  const off = wire.on('share.signalled', (letter) => listeners.forEach((listener) => listener(letter)));
  const hear = (listener: (letter: ShareSignalled) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const say = (share: string, signal: ShareSignal, to?: string) => wire.send('share.signal', { share, signal, ...(to ? { to } : {}) });

  return {
    watch(share, onStream) {
      let peer: RTCPeerConnection | undefined;
      let again: ReturnType<typeof setTimeout> | undefined;
      const lose = () => {
        peer?.close();
        peer = undefined;
        onStream(null, 'lost');
        clearTimeout(again);
        again = setTimeout(ask, WATCH_AGAIN_MS);
      };
      const ask = () => {
        if (wire.isUp) void say(share, { kind: 'watch' }).then((answer) => answer.ok || lose());
      };
      const answer = async (sdp: string) => {
        peer?.close();
        const own = connect();
        peer = own;
        own.ontrack = ({ streams: [stream] }) => onStream(stream ?? null, 'live');
        own.onicecandidate = ({ candidate }) => void (candidate && say(share, candidateOf(candidate)));
        own.onconnectionstatechange = () => void (own === peer && ['failed', 'disconnected'].includes(own.connectionState) && lose());
        await own.setRemoteDescription({ type: 'offer', sdp });
        const reply = await own.createAnswer();
        await own.setLocalDescription(reply);
        await say(share, { kind: 'answer', sdp: reply.sdp ?? '' });
      };
      const offHear = hear(({ share: of, signal }) => {
        if (of !== share) return;
        if (signal.kind === 'offer') answer(signal.sdp).catch(lose);
        else if (signal.kind === 'candidate') peer?.addIceCandidate(iceOf(signal)).catch(lose);
      });
      const offUp = wire.onUp(ask);
      const stop = () => {
        stops.delete(stop);
        clearTimeout(again);
        offHear();
        offUp();
        peer?.close();
        if (wire.isUp) void say(share, { kind: 'leave' });
      };
      stops.add(stop);
      onStream(null, 'opening');
      ask();
      return stop;
    },

    async open(stream, words) {
      const answer = await wire.send('share.open', words);
      if (!answer.ok) return answer;
      const share = answer.value;
      const peers = new Map<string, RTCPeerConnection>();
      const drop = (to: string) => {
        peers.get(to)?.close();
        peers.delete(to);
      };
      const offer = async (to: string) => {
        drop(to);
        const peer = connect();
        peers.set(to, peer);
        for (const track of stream.getTracks()) peer.addTrack(track, stream);
        peer.onicecandidate = ({ candidate }) => void (candidate && say(share.id, candidateOf(candidate), to));
        const made = await peer.createOffer();
        await peer.setLocalDescription(made);
        await say(share.id, { kind: 'offer', sdp: made.sdp ?? '' }, to);
      };
      const offHear = hear(({ share: of, from, signal }) => {
        if (of !== share.id) return;
        if (signal.kind === 'watch') offer(from).catch(() => drop(from));
        else if (signal.kind === 'leave') drop(from);
        else if (signal.kind === 'answer') void peers.get(from)?.setRemoteDescription({ type: 'answer', sdp: signal.sdp });
        else if (signal.kind === 'candidate') peers.get(from)?.addIceCandidate(iceOf(signal)).catch(() => drop(from));
      });
      const stop = () => {
        stops.delete(stop);
        offHear();
        for (const to of [...peers.keys()]) drop(to);
        for (const track of stream.getTracks()) track.stop();
        if (wire.isUp) void wire.send('share.close', { id: share.id });
      };
      stops.add(stop);
      for (const track of stream.getVideoTracks()) track.addEventListener('ended', stop, { once: true });
      return { ok: true, value: { share, watchers: () => peers.size, stop } };
    },

    close() {
      for (const stop of [...stops]) stop();
      off();
    },
  };
}
