import { FAULTS, type Fault } from '#contract/faults.ts';
import type { Me, SignIn } from '#contract/http.ts';
import { createApi, type Api } from '../../live/api.ts';
import type { Language } from '../../ui/i18n/text.ts';

/** Signing in, and the change of a temporary password that may follow. */
export class LoginForm {
  step = $state<'sign-in' | 'change'>('sign-in');
  isBusy = $state(false);
  fault = $state.raw<Fault | null>(null);
  readonly #api: Api;
  readonly #onDone: () => void;

  constructor(onDone: () => void, api: Api = createApi((...call) => fetch(...call))) {
    this.#api = api;
    this.#onDone = onDone;
  }

  async signIn(form: SignIn): Promise<void> {
    const { totp, ...rest } = form;
    await this.#try(async () => {
      const answer = await this.#api.send<Me>('POST', '/api/v1/session', totp ? form : rest);
      if (!answer.ok) return answer.fault;
      if (answer.value.mustChangePassword) this.step = 'change';
      else this.#onDone();
      return null;
    });
  }

  async change(passwords: { old: string; new: string }): Promise<void> {
    await this.#try(async () => {
      const answer = await this.#api.send('POST', '/api/v1/session/password', passwords);
      if (answer.ok) this.#onDone();
      return answer.ok ? null : answer.fault;
    });
  }

  words(language: Language): string | null {
    if (!this.fault) return null;
    return language === 'vi' ? this.fault.message : (FAULTS[this.fault.code]?.en ?? this.fault.message);
  }

  async #try(act: () => Promise<Fault | null>): Promise<void> {
    this.isBusy = true;
    this.fault = await act();
    this.isBusy = false;
  }
}
