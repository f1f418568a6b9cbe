/** `slow` says nothing of the camera: this page did not get to it in time. */
export type StillOutcome = 'drawn' | 'undecodable' | 'slow';

/** One hidden decoder that puts single pictures on canvases. */
export interface StillDecoder {
  draw(picture: Blob, canvas: HTMLCanvasElement): Promise<StillOutcome>;
  close(): void;
}

const PATIENCE_MS = 3000;
const HAND_OVER_MS = 40;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function load(video: HTMLVideoElement, address: string): Promise<StillOutcome> {
  return new Promise((resolve) => {
    const done = (outcome: StillOutcome) => {
      clearTimeout(limit);
      video.onloadeddata = video.onerror = null;
      resolve(outcome);
    };
    const limit = setTimeout(() => done('slow'), PATIENCE_MS);
    video.onloadeddata = () => done('drawn');
    video.onerror = () => done('undecodable');
    video.src = address;
  });
}

export function createStillDecoder(): StillDecoder {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;

  /** On a busy machine a decoder says that it has its picture before it can be drawn: what is drawn then is nothing at all. */
  const isHandedOver = async (): Promise<boolean> => {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await pause(HAND_OVER_MS)) {
      probe.clearRect(0, 0, 1, 1);
      probe.drawImage(video, 0, 0, 1, 1);
      if (probe.getImageData(0, 0, 1, 1).data[3] !== 0) return true;
    }
    return false;
  };

  return {
    async draw(picture, canvas) {
      const address = URL.createObjectURL(picture);
      const loaded = await load(video, address);
      URL.revokeObjectURL(address);
      if (loaded !== 'drawn') return loaded;
      if (!(await isHandedOver())) return 'slow';
      if (canvas.width !== video.videoWidth) canvas.width = video.videoWidth;
      if (canvas.height !== video.videoHeight) canvas.height = video.videoHeight;
      canvas.getContext('2d')?.drawImage(video, 0, 0);
      return 'drawn';
    },
    close() {
      video.removeAttribute('src');
      video.load();
    },
  };
}
