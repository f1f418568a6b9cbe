import { REPORT_LIMITS, type PublicService, type ReportAnswer } from '#contract/citizen.ts';
import { FAULTS, type Fault, type FaultCode } from '#contract/faults.ts';
import { createApi, type Api } from '../../live/api.ts';
import { openBox, type Box } from '../../live/offline/box.ts';
import { createOutbox, type Outbox, type Waiting } from '../../live/offline/outbox.ts';
import { readPhotoFacts } from '../../live/offline/photoFacts.ts';
import { postOnce, type Sent } from '../../live/offline/send.ts';
import { sendPhoto } from '../../live/offline/sendPhoto.ts';
import { shrinkPhoto } from '../../live/offline/shrinkPhoto.ts';
import type { Language } from '../../ui/i18n/text.ts';
import { emptyDraft, flawsOf, formOf, keepDraft, keepSent, readDraft, readSent, type Draft, type KeptPhoto, type ReportJob, type SentReport } from './draft.ts';

const SERVICES = 'toan-canh.report.services';
const MOST_PHOTOS = REPORT_LIMITS.photos;
/** EXIF stands at the beginning of a photo. */
const HEAD_BYTES = 128 * 1024;
const newKey = () => crypto.randomUUID();

export interface ShownPhoto {
  id: string;
  url: string;
}

/** The public form: a draft that is never lost, photos, and reports on their way. */
export class ReportForm {
  draft = $state<Draft>(readDraft(localStorage, newKey));
  photos = $state.raw<readonly ShownPhoto[]>([]);
  services = $state.raw<readonly PublicService[]>([]);
  waiting = $state.raw<readonly Waiting<ReportJob>[]>([]);
  sent = $state.raw<readonly SentReport[]>(readSent(localStorage));
  arrived = $state.raw<(SentReport & { dueAt: number }) | null>(null);
  isOnline = $state(navigator.onLine);
  isShrinking = $state(false);
  photoFault = $state.raw<FaultCode | null>(null);
  /** Where the newest photo says it was taken: offered, never taken over by itself. */
  photoPlace = $state.raw<[number, number] | null>(null);
  /** A photo said something of place or time that can not be. */
  isPhotoOdd = $state(false);
  isTried = $state(false);
  readonly flaws = $derived(this.isTried ? flawsOf(this.draft) : {});
  readonly api: Api = createApi((...call) => fetch(...call));
  #photos: Box<KeptPhoto> | undefined;
  #outbox: Outbox<ReportJob> | undefined;

  /** Opens what the device kept; returns the way to close. */
  open(): () => void {
    const onLine = () => {
      this.isOnline = navigator.onLine;
      if (this.isOnline) this.#outbox?.wake();
      if (this.isOnline && this.services.length === 0) void this.#loadServices();
    };
    window.addEventListener('online', onLine);
    window.addEventListener('offline', onLine);
    void this.#loadServices();
    void this.#openBoxes();
    return () => {
      window.removeEventListener('online', onLine);
      window.removeEventListener('offline', onLine);
      this.#outbox?.close();
      for (const { url } of this.photos) URL.revokeObjectURL(url);
    };
  }

  keep(): void {
    keepDraft(localStorage, $state.snapshot(this.draft));
  }

  words(code: FaultCode | undefined, language: Language): string | null {
    return code ? FAULTS[code][language] : null;
  }

  faultWords(fault: Fault, language: Language): string {
    return FAULTS[fault.code]?.[language] ?? fault.message;
  }

  async addPhotos(files: readonly File[]): Promise<void> {
    this.photoFault = null;
    this.isShrinking = true;
    for (const file of files.slice(0, MOST_PHOTOS - this.photos.length)) {
      const shrunk = await shrinkPhoto(file);
      if (!shrunk.ok) {
        this.photoFault = shrunk.code;
        continue;
      }
      const facts = readPhotoFacts(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), Date.now());
      this.photoPlace = facts.position ?? this.photoPlace;
      this.isPhotoOdd ||= facts.isBroken;
      const kept: KeptPhoto = { id: newKey(), key: this.draft.key, photo: shrunk.photo };
      await this.#photos?.put(kept);
      this.photos = [...this.photos, { id: kept.id, url: URL.createObjectURL(kept.photo) }];
    }
    this.isShrinking = false;
  }

  async removePhoto(id: string): Promise<void> {
    await this.#photos?.remove(id);
    this.photos = this.photos.filter((photo) => photo.id !== id);
  }

  /** Puts the report on its way and starts a new draft with the same contact. Returns the part that is not right yet. */
  async send(): Promise<keyof ReturnType<typeof flawsOf> | undefined> {
    this.isTried = true;
    const draft = $state.snapshot(this.draft);
    const [flaw] = Object.keys(flawsOf(draft)) as (keyof ReturnType<typeof flawsOf>)[];
    if (flaw) return flaw;
    this.arrived = null;
    await this.#outbox?.add(draft.key, { draft, photos: this.photos.map(({ id }) => id), media: [] });
    this.#start({ ...emptyDraft(newKey()), name: draft.name, phone: draft.phone, email: draft.email });
    return undefined;
  }

  again(id: string): void {
    void this.#outbox?.again(id);
  }

  /** Takes a refused report back into the form, under a new key when its own was used. */
  async edit({ id, job, fault }: Waiting<ReportJob>): Promise<void> {
    const key = fault?.code === 'REPORT_SENT' ? newKey() : job.draft.key;
    await this.#outbox?.remove(id);
    const kept = (await this.#photos?.all()) ?? [];
    for (const photo of kept.filter((each) => each.key === job.draft.key)) await this.#photos?.put({ ...photo, key });
    this.#start({ ...job.draft, key });
    await this.#showPhotos();
  }

  async discard({ id, job }: Waiting<ReportJob>): Promise<void> {
    await this.#outbox?.remove(id);
    await this.#forgetPhotos(job.draft.key);
  }

  #start(draft: Draft): void {
    this.draft = draft;
    this.photos = [];
    this.photoPlace = null;
    this.isPhotoOdd = false;
    this.isTried = false;
    this.keep();
  }

  async #openBoxes(): Promise<void> {
    this.#photos = await openBox<KeptPhoto>('report-photos');
    await this.#showPhotos();
    this.#outbox = await createOutbox<ReportJob, ReportAnswer>({
      box: await openBox('report-outbox'),
      send: (job, keep) => this.#sendJob(job, keep),
      onChange: (waiting) => void (this.waiting = waiting),
      onDone: (item, answer) => void this.#onDone(item, answer),
      now: () => Date.now(),
      later: (act, ms) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    });
  }

  async #sendJob(job: ReportJob, keep: (job: ReportJob) => Promise<void>): Promise<Sent<ReportAnswer>> {
    const kept = new Map(((await this.#photos?.all()) ?? []).map((photo) => [photo.id, photo.photo]));
    let current = job;
    for (const id of job.photos) {
      const photo = kept.get(id);
      const sent = photo ? await sendPhoto(id, photo) : undefined;
      if (sent && sent.kind !== 'done') return sent;
      const media = sent ? [...current.media, sent.value] : current.media;
      current = { ...current, photos: current.photos.filter((other) => other !== id), media };
      await keep(current);
    }
    return postOnce<ReportAnswer>('/api/v1/report', formOf(current));
  }

  async #onDone({ job, at }: Waiting<ReportJob>, { code, dueAt }: ReportAnswer): Promise<void> {
    const sent = { code, service: job.draft.service, at };
    this.sent = keepSent(localStorage, sent);
    this.arrived = { ...sent, dueAt };
    await this.#forgetPhotos(job.draft.key);
  }

  async #forgetPhotos(key: string): Promise<void> {
    for (const photo of (await this.#photos?.all()) ?? []) if (photo.key === key) await this.#photos?.remove(photo.id);
  }

  async #showPhotos(): Promise<void> {
    const kept = (await this.#photos?.all()) ?? [];
    this.photos = kept.filter(({ key }) => key === this.draft.key).map(({ id, photo }) => ({ id, url: URL.createObjectURL(photo) }));
  }

  async #loadServices(): Promise<void> {
    const kept = localStorage.getItem(SERVICES);
    if (kept) this.services = JSON.parse(kept) as PublicService[];
    const answer = await this.api.get<{ items: PublicService[] }>('/api/v1/report/services');
    if (!answer.ok) return;
    this.services = answer.value.items;
    localStorage.setItem(SERVICES, JSON.stringify(answer.value.items));
  }
}
