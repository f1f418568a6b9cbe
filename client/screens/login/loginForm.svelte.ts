import type { SetupState } from '#contract/centre.ts';
import { FAULTS, type Fault } from '#contract/faults.ts';
import type { Me, SignIn } from '#contract/http.ts';
import type { CodeEnrolment, RecoveryCodes } from '#contract/security.ts';
import type { Static } from 'typebox';
import { createApi, type Api } from '../../live/api.ts';
import type { Language } from '../../ui/i18n/text.ts';

/** Signing in, and what may follow: the change of a temporary password, the setting up of one-time codes. */
export class LoginForm {
  step = $state<'sign-in' | 'change' | 'enrol' | 'codes'>('sign-in');
  enrolment = $state.raw<Static<typeof CodeEnrolment> | null>(null);
  codes = $state.raw<readonly string[]>([]);
  /** Name of the sign-in service, when there is one. */
  service = $state<string | null>(null);
  /** Codes are offered, not asked for. */
  canSkip = $state(false);
  isBusy = $state(false);
  fault = $state.raw<Fault | null>(null);
  readonly #api: Api;
  /** Somebody who just chose a first password: an administrator goes on to what a new centre needs. */
  #isNewAdmin = false;
  readonly #onDone: (place?: string) => void;

  constructor(onDone: (place?: string) => void, api: Api = createApi((...call) => fetch(...call))) {
    this.#api = api;
    this.#onDone = onDone;
  }

  async lookForService(): Promise<void> {
    const answer = await this.#api.get<{ name: string | null }>('/api/v1/session/service');
    if (answer.ok) this.service = answer.value.name;
  }

  async signIn(form: SignIn): Promise<void> {
    const { totp, ...rest } = form;
    await this.#try(async () => {
      const answer = await this.#api.send<Me>('POST', '/api/v1/session', totp ? form : rest);
      if (!answer.ok) return answer.fault;
      return this.#goOn(answer.value);
    });
  }

  async change(passwords: { old: string; new: string }): Promise<void> {
    await this.#try(async () => {
      const answer = await this.#api.send<Me>('POST', '/api/v1/session/password', passwords);
      if (!answer.ok) return answer.fault;
      this.#isNewAdmin = this.step === 'change' && answer.value.roles.includes('admin');
      return this.#goOn(answer.value);
    });
  }

  async confirm(code: string): Promise<void> {
    await this.#try(async () => {
      const answer = await this.#api.send<Static<typeof RecoveryCodes>>('POST', '/api/v1/session/code/confirm', { code: code.replace(/\s/g, '') });
      if (!answer.ok) return answer.fault;
      this.codes = answer.value.codes;
      this.step = 'codes';
      return null;
    });
  }

  /** A person who is in sets up codes by choice. */
  async begin(): Promise<void> {
    await this.#try(() => this.#enrol());
  }

  /** The codes are written down, or left for later. */
  async leave(): Promise<void> {
    await this.#try(() => this.#finish());
  }

  async #goOn(me: Me): Promise<Fault | null> {
    if (me.mustChangePassword) this.step = 'change';
    else if (me.mustEnrolCode) return this.#enrol();
    else if (this.#isNewAdmin && !me.hasCode) {
      this.canSkip = true;
      return this.#enrol();
    } else return this.#finish();
    return null;
  }

  async #finish(): Promise<Fault | null> {
    const setup = this.#isNewAdmin ? await this.#api.get<SetupState>('/api/v1/setup') : undefined;
    this.#onDone(setup?.ok && !setup.value.centre.isSetUp ? '/setup' : undefined);
    return null;
  }

  async #enrol(): Promise<Fault | null> {
    const answer = await this.#api.send<Static<typeof CodeEnrolment>>('POST', '/api/v1/session/code', {});
    if (!answer.ok) return answer.fault;
    this.enrolment = answer.value;
    this.step = 'enrol';
    return null;
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
