import type { CameraRound, CameraRoundAnswer } from '#contract/cameras.ts';
import type { Fault } from '#contract/faults.ts';
import type { Api } from '../../live/api.ts';

const LOOK_MS = 1000;

/** The round of all cameras as its page sees it, begun here, by another or by itself. */
export class Round {
  state = $state.raw<CameraRound | null>(null);
  fault = $state.raw<Fault | null>(null);
  readonly #api: Pick<Api, 'get' | 'send'>;
  readonly #onstep: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  /** `onstep` is told when more cameras were looked at. */
  constructor(api: Pick<Api, 'get' | 'send'>, onstep: () => void) {
    this.#api = api;
    this.#onstep = onstep;
    void this.#look();
  }

  async ask(method: 'POST' | 'DELETE'): Promise<void> {
    const answer = await this.#api.send<CameraRoundAnswer>(method, '/api/v1/cameras/round', method === 'POST' ? {} : undefined);
    this.fault = answer.ok ? null : answer.fault;
    if (answer.ok) this.#take(answer.value.round);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const answer = await this.#api.get<CameraRoundAnswer>('/api/v1/cameras/round');
    if (answer.ok) this.#take(answer.value.round);
    else if (this.state?.isGoing) this.#lookAgain();
  }

  #take(round: CameraRound | null): void {
    const before = this.state;
    this.state = round;
    if (before && round && (before.checked !== round.checked || before.isGoing !== round.isGoing)) this.#onstep();
    if (round?.isGoing) this.#lookAgain();
  }

  #lookAgain(): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
  }
}
