import { faultOf, type Fault, type Outcome } from '#contract/faults.ts';
import type { LadderAnswer, MakeReport, RecordSending, ReportCalendar, ReportDetail, ReportsAnswer } from '#contract/report.ts';
import { sayFault } from '../../live/acting.svelte.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { postOnce } from '../../live/offline/send.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { Person } from '../../live/person.svelte.ts';
import type { Language } from '../../ui/i18n/text.ts';
import { changedTexts } from './model.ts';

const EVERY_MS = 20_000;

/** The page of reports: list, deadlines, one open report and what is typed into it. */
export class Reports {
  open = $state<string | null>(null);
  busy = $state<string | null>(null);
  refusal = $state.raw<Fault | null>(null);
  /** What is typed under the headings, by report. */
  typed = $state<Record<string, Record<string, string>>>({});
  readonly live: Live;
  readonly person: Person;
  readonly list: Answer<ReportsAnswer>;
  readonly calendar: Answer<ReportCalendar>;
  readonly ladder: Answer<LadderAnswer>;
  readonly one: Answer<ReportDetail>;
  readonly #timer: ReturnType<typeof setInterval>;

  readonly report: ReportDetail | null = $derived.by(() => (this.one.value?.id === this.open ? this.one.value : null));
  readonly state: PageState = $derived.by(() => pageStateOf({ isLoading: this.person.refusal === null && this.list.value === null && this.list.fault === null, isOffline: !this.live.isOnline, isStale: this.list.value !== null && this.list.fault !== null, mode: 'live' }));

  constructor(live: Live) {
    this.live = live;
    this.person = new Person(live.api);
    this.list = new Answer(live.api, () => '/api/v1/reports');
    this.calendar = new Answer(live.api, () => '/api/v1/reports/calendar');
    this.ladder = new Answer(live.api, () => '/api/v1/reports/ladder');
    this.one = new Answer(live.api, () => (this.open === null ? null : `/api/v1/reports/${this.open}`));
    this.refresh();
    this.#timer = setInterval(() => this.refresh(), EVERY_MS);
  }

  refresh(): void {
    for (const answer of [this.list, this.calendar, this.ladder]) void answer.load();
  }

  show(id: string | null): void {
    if (id === this.open) return;
    this.open = id;
    this.refusal = null;
    if (id !== null) void this.one.load();
  }

  textOf(report: ReportDetail, section: string): string {
    return this.typed[report.id]?.[section] ?? report.texts[section] ?? '';
  }

  type(id: string, section: string, text: string): void {
    this.typed[id] = { ...this.typed[id], [section]: text };
  }

  unkept(report: ReportDetail): Record<string, string> {
    return changedTexts(this.typed[report.id] ?? {}, report);
  }

  make(wish: MakeReport): Promise<ReportDetail | undefined> {
    return this.#send('make', '/api/v1/reports', wish);
  }

  /** Keeps what was typed; it stays typed when the server refuses. */
  async keep(report: ReportDetail): Promise<boolean> {
    const texts = this.unkept(report);
    if (Object.keys(texts).length === 0) return true;
    const kept = await this.#send('edit', `/api/v1/reports/${report.id}`, { texts }, 'PATCH');
    if (kept) delete this.typed[report.id];
    return kept !== undefined;
  }

  act(report: ReportDetail, deed: 'renew' | 'lock'): Promise<ReportDetail | undefined> {
    return this.#send(deed, `/api/v1/reports/${report.id}/${deed}`);
  }

  recordSending(report: ReportDetail, sending: RecordSending): Promise<ReportDetail | undefined> {
    return this.#send('send', `/api/v1/reports/${report.id}/sent`, sending);
  }

  /** Keeps the PDF that the office signed. */
  async keepSigned(report: ReportDetail, file: File): Promise<boolean> {
    const form = new FormData();
    form.set('file', file);
    this.busy = 'sign';
    const sent = await postOnce<ReportDetail>(`/api/v1/reports/${report.id}/signed`, form);
    this.refusal = sent.kind === 'refused' ? sent.fault : sent.kind === 'later' ? faultOf('SERVER_STOPPING') : null;
    // Still busy: a receipt recorded while the report is read again would be overwritten by the older reading.
    if (sent.kind === 'done') await this.one.load();
    this.busy = null;
    return sent.kind === 'done';
  }

  recordReceipt(report: ReportDetail, recipient: string): Promise<ReportDetail | undefined> {
    return this.#send('receipt', `/api/v1/reports/${report.id}/receipt`, { recipient });
  }

  giveBack(report: ReportDetail, reason: string): Promise<ReportDetail | undefined> {
    return this.#send('return', `/api/v1/reports/${report.id}/return`, { reason });
  }

  say(language: Language): string | null {
    return this.refusal && sayFault(this.refusal, language);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const one of [this.person, this.list, this.calendar, this.ladder, this.one]) one.close();
  }

  async #send(busy: string, path: string, body?: unknown, method: 'POST' | 'PATCH' = 'POST'): Promise<ReportDetail | undefined> {
    if (this.busy !== null) return undefined;
    this.busy = busy;
    this.refusal = null;
    const answer: Outcome<ReportDetail> = await this.live.api.send<ReportDetail>(method, path, body);
    this.busy = null;
    if (!answer.ok) {
      this.refusal = answer.fault;
      return undefined;
    }
    if (answer.value.id === this.open) this.one.value = answer.value;
    this.refresh();
    return answer.value;
  }
}
