import type { Fault } from '#contract/faults.ts';
import type { MySessions } from '#contract/http.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Api } from '../../live/api.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { Person } from '../../live/person.svelte.ts';

const LINK = /^link-/;

/** A person's own account: who they are here, their password, and where they are signed in. */
export class AccountPage {
  readonly api: Api;
  readonly person: Person;
  readonly sessions: Answer<MySessions>;
  #names = $state.raw<ReadonlyMap<string, string>>(new Map());
  fault = $state.raw<Fault | null>(null);
  /** Why a session was not ended. */
  endFault = $state.raw<Fault | null>(null);
  isBusy = $state(false);
  /** Names of the units this person works for; null for every unit. */
  readonly unitNames: string | null = $derived.by(() => this.person.me?.units?.map((code) => this.#names.get(code) ?? code).join(', ') ?? null);
  readonly isByLink: boolean = $derived.by(() => LINK.test(this.person.me?.id ?? ''));
  readonly state: PageState = $derived.by(() =>
    pageStateOf({
      isLoading: this.person.me === null && this.person.refusal === null,
      isOffline: this.sessions.value === null && this.sessions.fault !== null && this.person.refusal === null,
      isStale: this.sessions.value !== null && this.sessions.fault !== null,
      mode: 'live',
    }),
  );

  constructor(api: Api) {
    this.api = api;
    this.person = new Person(api);
    this.sessions = new Answer(api, () => '/api/v1/session/mine');
    void this.sessions.load();
    void this.#loadUnits();
  }

  /** True when it was changed; what was typed stays otherwise. */
  async changePassword(passwords: { old: string; new: string }): Promise<boolean> {
    this.isBusy = true;
    const answer = await this.api.send('POST', '/api/v1/session/password', passwords);
    this.isBusy = false;
    this.fault = answer.ok ? null : answer.fault;
    if (answer.ok) void this.sessions.load();
    return answer.ok;
  }

  async end(id: string): Promise<boolean> {
    const answer = await this.api.send('DELETE', `/api/v1/session/mine/${id}`);
    this.endFault = answer.ok ? null : answer.fault;
    await this.sessions.load();
    return answer.ok;
  }

  async signOut(): Promise<void> {
    await this.api.send('DELETE', '/api/v1/session');
    location.assign('/login');
  }

  close(): void {
    this.person.close();
    this.sessions.close();
  }

  async #loadUnits(): Promise<void> {
    const answer = await this.api.all<{ code: string; name: string }>('/api/v1/units?limit=200');
    if (answer.ok) this.#names = new Map(answer.value.map(({ code, name }) => [code, name]));
  }
}
