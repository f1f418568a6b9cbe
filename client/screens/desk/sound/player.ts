import { toneOf, type ToneName } from './alarm.ts';

const FADE_S = 0.012;
const SILENT_LEVEL = 0.004;

/** The speakers of this screen. `blocked`: the browser waits for a touch of the person before it lets anything sound. */
export interface Player {
  isBlocked(): boolean;
  /** Asks the browser again; call it from a click or a key. */
  unblock(): Promise<boolean>;
  /** Plays a tone. Answers whether a signal left the mixer. */
  play(name: ToneName): Promise<boolean>;
  close(): void;
}

/** Opens the speakers when a person has touched the page; before that there is nothing to open. */
export function createPlayer(activation: { readonly hasBeenActive: boolean } = navigator.userActivation): Player {
  let context: AudioContext | undefined;
  let analyser: AnalyserNode | undefined;

  const open = (): AudioContext | undefined => {
    if (context || !activation.hasBeenActive) return context;
    context = new AudioContext();
    analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    analyser.connect(context.destination);
    return context;
  };
  const isHeard = (): boolean => {
    if (!analyser) return false;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return samples.some((sample) => Math.abs(sample) > SILENT_LEVEL);
  };

  return {
    isBlocked: () => open()?.state !== 'running',
    async unblock() {
      const audio = open();
      if (audio && audio.state !== 'running') await audio.resume();
      return audio?.state === 'running';
    },
    async play(name) {
      const audio = open();
      if (!audio || !analyser || audio.state !== 'running') return false;
      const { notes, gain } = toneOf(name);
      let at = audio.currentTime + 0.02;
      for (const [hz, ms] of notes) {
        const oscillator = audio.createOscillator();
        const volume = audio.createGain();
        oscillator.type = name === 1 ? 'square' : 'triangle';
        oscillator.frequency.value = hz;
        volume.gain.setValueAtTime(0, at);
        volume.gain.linearRampToValueAtTime(gain, at + FADE_S);
        volume.gain.setValueAtTime(gain, at + ms / 1000 - FADE_S);
        volume.gain.linearRampToValueAtTime(0, at + ms / 1000);
        oscillator.connect(volume).connect(analyser);
        oscillator.start(at);
        oscillator.stop(at + ms / 1000);
        at += ms / 1000;
      }
      const [first] = notes;
      await new Promise((resolve) => setTimeout(resolve, (first?.[1] ?? 0) / 2 + 40));
      return isHeard();
    },
    close() {
      void context?.close();
      context = analyser = undefined;
    },
  };
}
