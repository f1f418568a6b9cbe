import type { Delivery, EventReceiver, EventTopic, ReceiverTest, ReceiverText } from '#contract/eventReceiver.ts';
import type { Live } from '../../../live/live.svelte.ts';
import { LinkDesk } from '../links.svelte.ts';
import { Sending } from '../sending.svelte.ts';

/** A receiver as it is being typed. */
export interface ReceiverDraft {
  text: ReceiverText;
  secret: string;
  rev: number;
}

const LEAST_SECRET = 16;
const isUrl = (text: string): boolean => /^https?:\/\/[^\s@]+$/.test(text) && URL.canParse(text);
const FRESH: ReceiverText = { id: '', name: '', url: '', topics: ['alert'], leastLevel: 4, withSimulated: false, allowPrivate: false };

/** Receivers as the administrator works with them. What is being typed lives here, so that leaving the part loses nothing. */
export class ReceiverDesk extends LinkDesk<EventReceiver, Delivery> {
  draft = $state<ReceiverDraft | null>(null);
  tested = $state.raw<{ name: string; test: ReceiverTest } | null>(null);
  readonly sendings = { write: new Sending(), test: new Sending() };

  constructor(live: Live) {
    super(live, '/api/v1/event-receivers', 'deliveries');
  }

  begin(): void {
    this.draft = { text: structuredClone(FRESH), secret: '', rev: 0 };
    this.sendings.write.isTried = false;
  }

  edit({ id, name, url, topics, leastLevel, withSimulated, allowPrivate, ca, rev }: EventReceiver): void {
    this.draft = { text: { id, name, url, topics: [...topics], leastLevel, withSimulated, allowPrivate, ...(ca ? { ca } : {}) }, secret: '', rev };
    this.sendings.write.isTried = false;
  }

  /** The first part that can not be sent as it is, once the person tried. */
  wrong(part: 'url' | 'secret' | 'topics'): boolean {
    const { draft } = this;
    if (!draft || !this.sendings.write.isTried) return false;
    return this.#flaws(draft).includes(part);
  }

  choose(topic: EventTopic, isOn: boolean): void {
    if (!this.draft) return;
    const { text } = this.draft;
    text.topics = isOn ? [...text.topics, topic] : text.topics.filter((name) => name !== topic);
  }

  async write(): Promise<string | undefined> {
    this.sendings.write.isTried = true;
    const { draft } = this;
    if (!draft || this.#flaws(draft).length > 0) return undefined;
    const { text, secret, rev } = $state.snapshot(draft) as ReceiverDraft;
    const receiver = { ...text, id: text.id.trim(), name: text.name.trim(), url: text.url.trim() };
    const written = await this.sendings.write.run(() => this.live.api.send<EventReceiver>('PUT', `/api/v1/event-receivers/${receiver.id}`, { receiver, ...(secret === '' ? {} : { secret }), rev }));
    if (!written) return undefined;
    this.draft = null;
    this.load();
    return written.name;
  }

  async test({ id, name }: EventReceiver): Promise<void> {
    this.tested = null;
    const test = await this.sendings.test.run(() => this.live.api.send<ReceiverTest>('POST', `/api/v1/event-receivers/${id}/test`, {}));
    if (test) this.tested = { name, test };
  }

  #flaws({ text, secret, rev }: ReceiverDraft): readonly string[] {
    const isSecretShort = secret === '' ? rev === 0 : secret.length < LEAST_SECRET;
    return [isUrl(text.url.trim()) ? '' : 'url', isSecretShort ? 'secret' : '', text.topics.length > 0 ? '' : 'topics'].filter((part) => part !== '');
  }
}
