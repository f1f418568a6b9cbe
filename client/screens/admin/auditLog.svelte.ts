import type { Fault } from '#contract/faults.ts';
import type { Page } from '#contract/http.ts';
import type { Api } from '../../live/api.ts';
import type { AuditLine } from './model.ts';

const PAGE = 100;

export interface ChainCheck {
  ok: boolean;
  lines: number;
  firstBad?: number;
}

/** The audit log as read so far, newest first, and the check of its chain. */
export class AuditLog {
  actor = $state('');
  action = $state('');
  lines = $state.raw<readonly AuditLine[] | null>(null);
  next = $state<string | null>(null);
  isBusy = $state(false);
  isChecking = $state(false);
  check = $state.raw<ChainCheck | null>(null);
  fault = $state.raw<Fault | null>(null);
  readonly #api: Pick<Api, 'get'>;
  #asked = 0;

  constructor(api: Pick<Api, 'get'>) {
    this.#api = api;
  }

  /** Reads anew from the newest line, or from the lines at and before `from`. */
  load(from?: number): Promise<void> {
    return this.#read(from === undefined ? null : String(from + 1), []);
  }

  more(): Promise<void> {
    return this.#read(this.next, this.lines ?? []);
  }

  async verify(): Promise<void> {
    this.isChecking = true;
    const answer = await this.#api.get<ChainCheck>('/api/v1/audit/verify');
    this.isChecking = false;
    this.fault = answer.ok ? null : answer.fault;
    if (answer.ok) this.check = answer.value;
  }

  async #read(cursor: string | null, before: readonly AuditLine[]): Promise<void> {
    const mine = ++this.#asked;
    const query = new URLSearchParams({ limit: String(PAGE), ...(this.actor.trim() ? { actor: this.actor.trim() } : {}), ...(this.action ? { action: this.action } : {}), ...(cursor === null ? {} : { cursor }) });
    this.isBusy = true;
    const answer = await this.#api.get<Page<AuditLine>>(`/api/v1/audit?${query}`);
    if (mine !== this.#asked) return;
    this.isBusy = false;
    this.fault = answer.ok ? null : answer.fault;
    if (!answer.ok) return;
    this.lines = [...before, ...answer.value.items];
    this.next = answer.value.next;
  }
}
