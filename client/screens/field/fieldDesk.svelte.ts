import { FAULTS, type Fault } from '#contract/faults.ts';
import type { Me } from '#contract/http.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { Live } from '../../live/live.svelte.ts';
import { openBox, type Box } from '../../live/offline/box.ts';
import { createOutbox, type Outbox, type Waiting } from '../../live/offline/outbox.ts';
import { postOnce, type Sent } from '../../live/offline/send.ts';
import { sendPhoto } from '../../live/offline/sendPhoto.ts';
import { shrinkPhoto } from '../../live/offline/shrinkPhoto.ts';
import type { Language } from '../../ui/i18n/text.ts';
import { itemsOf, type FieldItem, type FieldJob } from './work.ts';

const ME = 'toan-canh.field.me';
const LIST = 'toan-canh.field.list';
const UNITS = 'toan-canh.field.units';

interface KeptList {
  at: number;
  requests: readonly HandlingRequestState[];
}

interface KeptPhoto {
  id: string;
  photo: Blob;
}

function kept<T>(name: string): T | null {
  const text = localStorage.getItem(name);
  return text === null ? null : (JSON.parse(text) as T);
}

/** An officer's phone: the last list it saw, acts that wait for the link, and photos. */
export class FieldDesk {
  me = $state.raw<Me | null>(kept<Me>(ME));
  needsSignIn = $state(false);
  waiting = $state.raw<readonly Waiting<FieldJob>[]>([]);
  list = $state.raw<KeptList | null>(kept<KeptList>(LIST));
  readonly items: readonly FieldItem[] = $derived(itemsOf(this.list?.requests ?? [], this.waiting, this.me?.units ?? null));
  readonly #live: Live;
  #outbox: Outbox<FieldJob> | undefined;
  #photos: Box<KeptPhoto> | undefined;

  constructor(live: Live) {
    this.#live = live;
  }

  /** Begins to listen and to send; returns the way to stop. */
  open(): () => void {
    this.#live.restore({ topics: {}, sensors: [], units: kept<[string, string][]>(UNITS) ?? [], heardAt: null });
    const wake = () => this.#outbox?.wake();
    window.addEventListener('online', wake);
    void this.#whoAmI();
    void this.#openBoxes();
    return () => {
      window.removeEventListener('online', wake);
      this.#outbox?.close();
    };
  }

  /** Takes the list as the server has it, keeps it for a start without a link, and says what was delivered. */
  take(requests: readonly HandlingRequestState[]): void {
    this.list = { at: this.#live.domainNow(), requests };
    localStorage.setItem(LIST, JSON.stringify(this.list));
    for (const { id, step, unit } of requests) if (step === 'sent' && this.me?.units?.includes(unit)) void this.act('deliver', { id });
  }

  /** Keeps the names of units for a start without a link. */
  keepUnits(units: readonly [string, string][]): void {
    if (units.length > 0) localStorage.setItem(UNITS, JSON.stringify(units));
  }

  /** Puts an act on its way. The same act on the same request waits once; a refused one gives way to the new words. */
  async act(act: string, request: FieldJob['request'], photos: string[] = []): Promise<void> {
    const id = `${act} ${request.id}`;
    if (this.waiting.some((item) => item.id === id && item.fault)) await this.#outbox?.remove(id);
    await this.#outbox?.add(id, { command: `handling-request.${act}` as FieldJob['command'], request, photos });
  }

  again(id: string): void {
    void this.#outbox?.again(id);
  }

  giveUp(id: string): void {
    void this.#outbox?.remove(id);
  }

  wake(): void {
    this.#outbox?.wake();
  }

  words(fault: Fault, language: Language): string {
    return FAULTS[fault.code]?.[language] ?? fault.message;
  }

  /** Keeps a photo until it is sent; undefined when it can not be read. */
  async keepPhoto(file: File): Promise<{ id: string; url: string } | undefined> {
    const shrunk = await shrinkPhoto(file);
    if (!shrunk.ok) return undefined;
    const id = crypto.randomUUID();
    await this.#photos?.put({ id, photo: shrunk.photo });
    return { id, url: URL.createObjectURL(shrunk.photo) };
  }

  async dropPhoto(id: string): Promise<void> {
    await this.#photos?.remove(id);
  }

  async #whoAmI(): Promise<void> {
    const answer = await this.#live.api.get<Me>('/api/v1/session');
    if (answer.ok) {
      this.me = answer.value;
      localStorage.setItem(ME, JSON.stringify(answer.value));
    } else if (answer.fault.code === 'AUTH_REQUIRED') this.needsSignIn = true;
  }

  async #openBoxes(): Promise<void> {
    this.#photos = await openBox<KeptPhoto>('field-photos');
    this.#outbox = await createOutbox<FieldJob, HandlingRequestState>({
      box: await openBox('field-outbox'),
      send: (job, keep) => this.#send(job, keep),
      onChange: (waiting) => void (this.waiting = waiting),
      onDone: (_item, state) => this.#onDone(state),
      now: () => Date.now(),
      later: (act, ms) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    });
  }

  async #send(job: FieldJob, keep: (job: FieldJob) => Promise<void>): Promise<Sent<HandlingRequestState>> {
    const photos = new Map(((await this.#photos?.all()) ?? []).map(({ id, photo }) => [id, photo]));
    let current = job;
    for (const id of job.photos) {
      const photo = photos.get(id);
      const sent = photo ? await sendPhoto(id, photo) : undefined;
      if (sent && sent.kind !== 'done') return sent;
      const media = [...(current.request.media ?? []), ...(sent ? [sent.value] : [])];
      current = { ...current, photos: current.photos.filter((other) => other !== id), request: { ...current.request, media } };
      await keep(current);
      await this.#photos?.remove(id);
    }
    const sent = await postOnce<HandlingRequestState>(`/api/v1/commands/${current.command}`, current.request);
    const isSignedOut = sent.kind === 'refused' && sent.fault.code === 'AUTH_REQUIRED';
    if (isSignedOut) this.needsSignIn = true;
    return isSignedOut ? { kind: 'later' } : sent;
  }

  #onDone(state: HandlingRequestState): void {
    if (!this.list) return;
    const requests = this.list.requests.map((request) => (request.id === state.id && request.updatedAt <= state.updatedAt ? state : request));
    this.list = { ...this.list, requests };
  }
}
