import type { CommandName, CommandReply, CommandRequest } from '#contract/events.ts';
import { FAULTS, type Fault, type FaultCode } from '#contract/faults.ts';
import { createText, defineText, type Language } from '../ui/i18n/text.ts';
import en from './acting.en.json';
import type { Live } from './live.svelte.ts';
import vi from './acting.vi.json';

const words = defineText(vi, en);

/** What a fault says to a person, in their language, with what the server added. */
export function sayFault(fault: Fault, language: Language): string {
  const row = Object.hasOwn(FAULTS, fault.code) ? FAULTS[fault.code as FaultCode] : undefined;
  const text = row ? row[language] : fault.message;
  return fault.detail && fault.code.startsWith('STATE_') ? `${text} ${fault.detail}` : text;
}

/** Why nothing can be done while the past is shown. */
export const sayPast = (language: Language): string => FAULTS.REPLAY_SHOWN[language];

/** One place of a screen where a person acts: what is under way, and why the last act did not happen. Acts go one after the other; what cannot be sent is refused at once, nothing is kept for later. */
export class Acting {
  /** Name of the act under way. */
  busy = $state<string | null>(null);
  refusal = $state.raw<Fault | 'offline' | null>(null);
  readonly #live: Pick<Live, 'isOnline' | 'command'>;
  readonly #acts = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(live: Pick<Live, 'isOnline' | 'command'>) {
    this.#live = live;
  }

  /** Sends a command; undefined when it was refused or could not be sent, and `refusal` then says why. The same act pressed twice is one; another waits for the one under way, and is dropped when that is refused. */
  async send<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandReply<N> | undefined> {
    const act = JSON.stringify([name, request]);
    if (this.#acts.has(act)) return undefined;
    const before = this.#acts.size > 0 ? this.#last : null;
    this.#acts.add(act);
    const sent = this.#after(before, name, request).finally(() => this.#acts.delete(act));
    this.#last = sent;
    return sent;
  }

  async #after<N extends CommandName>(before: Promise<unknown> | null, name: N, request: CommandRequest<N>): Promise<CommandReply<N> | undefined> {
    await before;
    if (before !== null && this.refusal !== null) return undefined;
    if (!this.#live.isOnline) {
      this.refusal = 'offline';
      return undefined;
    }
    this.busy = name;
    this.refusal = null;
    const answer = await this.#live.command(name, request);
    this.busy = null;
    if (answer.ok) return answer.value;
    this.refusal = this.#live.isOnline ? answer.fault : 'offline';
    return undefined;
  }

  /** Why the last act did not happen, in words. */
  say(language: Language): string | null {
    if (this.refusal === null) return null;
    return this.refusal === 'offline' ? createText(words, () => language)('offline') : sayFault(this.refusal, language);
  }
}
