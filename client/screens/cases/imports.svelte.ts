import type { Fault, Outcome } from '#contract/faults.ts';
import type { EnterValue, IndicatorImport, IndicatorImportDetail, IndicatorImports } from '#contract/indicatorImport.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Api } from '../../live/api.ts';

const LOOK_MS = 600;
const isMoving = ({ state }: IndicatorImport): boolean => state === 'reading' || state === 'writing' || state === 'judging';

/** Values that people bring in: spreadsheets on their way, and the form for one value. */
export class Imports {
  open = $state<string | null>(null);
  busy = $state<'upload' | 'take' | 'cancel' | 'enter' | null>(null);
  refusal = $state.raw<Fault | null>(null);
  readonly list: Answer<IndicatorImports>;
  readonly one: Answer<IndicatorImportDetail>;
  readonly #api: Api;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(api: Api) {
    this.#api = api;
    this.list = new Answer(api, () => '/api/v1/indicators/imports');
    this.one = new Answer(api, () => (this.open === null ? null : `/api/v1/indicators/imports/${this.open}`));
    void this.list.load();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  show(id: string | null): void {
    this.open = id;
    this.refusal = null;
    void this.one.load();
  }

  async upload(file: File): Promise<void> {
    if (this.busy !== null) return;
    this.busy = 'upload';
    this.refusal = null;
    const form = new FormData();
    form.append('file', file);
    const response = await fetch('/api/v1/indicators/imports', { method: 'POST', body: form }).catch(() => undefined);
    const answer = response?.headers.get('content-type')?.includes('json') ? ((await response.json()) as IndicatorImport & { fault?: Fault }) : undefined;
    this.busy = null;
    if (response?.ok && answer) this.show(answer.id);
    else this.refusal = answer?.fault ?? { code: 'SERVER_STOPPING', message: '' };
    void this.list.load();
  }

  take(skipFaulty: boolean): Promise<boolean> {
    return this.#send('take', `/api/v1/indicators/imports/${this.open}/take`, { skipFaulty });
  }

  cancel(): Promise<boolean> {
    return this.#send('cancel', `/api/v1/indicators/imports/${this.open}/cancel`);
  }

  enter(value: EnterValue): Promise<boolean> {
    return this.#send('enter', '/api/v1/indicators/values', value);
  }

  close(): void {
    clearInterval(this.#timer);
    this.list.close();
    this.one.close();
  }

  async #send(busy: 'take' | 'cancel' | 'enter', path: string, body?: unknown): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = busy;
    this.refusal = null;
    const answer: Outcome<unknown> = await this.#api.send('POST', path, body);
    this.busy = null;
    if (!answer.ok) this.refusal = answer.fault;
    void this.one.load();
    void this.list.load();
    return answer.ok;
  }

  #look(): void {
    if (this.one.value === null || this.one.isBusy || !isMoving(this.one.value)) return;
    void this.one.load();
    void this.list.load();
  }
}
