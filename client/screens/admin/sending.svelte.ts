import type { Fault, Outcome } from '#contract/faults.ts';

/** One form on its way to the server: whether it is under way, and why it did not arrive. */
export class Sending {
  isBusy = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** Set once the person pressed: from then on what is missing is said in place. */
  isTried = $state(false);

  /** The answer, or undefined after a refusal or while another is under way. */
  async run<T>(send: () => Promise<Outcome<T>>): Promise<T | undefined> {
    if (this.isBusy) return undefined;
    this.isBusy = true;
    this.fault = null;
    const answer = await send();
    this.isBusy = false;
    if (answer.ok) {
      this.isTried = false;
      return answer.value;
    }
    this.fault = answer.fault;
    return undefined;
  }
}
