import type { NoticeChannel } from '#contract/notice.ts';
import type { ChannelBoard, ChannelState, ChannelTest, ChannelWritten } from '#contract/noticeChannel.ts';
import type { Fault } from '#contract/faults.ts';
import { Answer } from '../../../live/answer.svelte.ts';
import type { Live } from '../../../live/live.svelte.ts';
import { Sending } from '../sending.svelte.ts';

/** One way out as it is being typed. The secret is only ever typed, never shown. */
export class ChannelDraft {
  isOn = $state(false);
  address = $state('');
  from = $state('');
  user = $state('');
  requireTls = $state(false);
  secret = $state('');
  to = $state('');
  tested = $state.raw<ChannelTest | null>(null);
  readonly channel: NoticeChannel;
  readonly sendings = { write: new Sending(), remove: new Sending(), test: new Sending() };

  constructor(channel: NoticeChannel, kept: ChannelState) {
    this.channel = channel;
    this.take(kept);
  }

  take({ text, test }: ChannelState): void {
    Object.assign(this, text ?? { isOn: false, address: '', from: '', user: '', requireTls: false });
    this.secret = '';
    this.tested = test;
  }

  /** What is sent: an empty secret keeps the one in use. */
  written(rev: number): ChannelWritten {
    const { isOn, address, from, user, requireTls, secret } = this;
    return { isOn, address: address.trim(), from: from.trim(), user: user.trim(), requireTls, rev, ...(secret === '' ? {} : { secret }) };
  }

  /** The refused part, if it is the one asked about. */
  wrong(part: 'address' | 'from' | 'secret'): boolean {
    const fault: Fault | null = this.sendings.write.fault;
    return fault?.pointer === `/${part}`;
  }
}

/** Ways out of the building and what is being typed about them. */
export class ChannelDesk {
  readonly all: Answer<ChannelBoard>;
  readonly quiet = new Sending();
  hours = $state<{ isOn: boolean; from: number; to: number } | null>(null);
  readonly #drafts = new Map<NoticeChannel, ChannelDraft>();
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
    this.all = new Answer(live.api, () => '/api/v1/notice-channels');
  }

  async load(): Promise<void> {
    await this.all.load();
    const quiet = this.all.value?.quiet;
    if (quiet !== undefined) this.hours ??= { isOn: quiet !== null, from: quiet?.from ?? 22, to: quiet?.to ?? 6 };
  }

  draftOf(kept: ChannelState): ChannelDraft {
    const known = this.#drafts.get(kept.channel) ?? new ChannelDraft(kept.channel, kept);
    this.#drafts.set(kept.channel, known);
    return known;
  }

  async write(draft: ChannelDraft, rev: number): Promise<boolean> {
    const done = await draft.sendings.write.run(() => this.#live.api.send<ChannelState>('PUT', `/api/v1/notice-channels/${draft.channel}`, draft.written(rev)));
    if (done) draft.take(done);
    await this.all.load();
    return done !== undefined;
  }

  async remove(draft: ChannelDraft): Promise<boolean> {
    const done = await draft.sendings.remove.run(() => this.#live.api.send('DELETE', `/api/v1/notice-channels/${draft.channel}`));
    if (done !== undefined) this.#drafts.delete(draft.channel);
    await this.all.load();
    return done !== undefined;
  }

  async test(draft: ChannelDraft): Promise<void> {
    const result = await draft.sendings.test.run(() => this.#live.api.send<ChannelTest>('POST', `/api/v1/notice-channels/${draft.channel}/test`, { to: draft.to.trim() || 'webhook' }));
    if (result) draft.tested = result;
  }

  async keepHours(): Promise<boolean> {
    const { hours } = this;
    if (!hours) return false;
    return (await this.quiet.run(() => this.#live.api.send('PUT', '/api/v1/notice-quiet', { quiet: hours.isOn ? { from: hours.from, to: hours.to } : null }))) !== undefined;
  }

  close(): void {
    this.all.close();
  }
}
