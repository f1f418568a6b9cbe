import type { Connector } from '#contract/connector.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { Sending } from './sending.svelte.ts';

/** A link with another system, whichever side speaks first. */
export type Linked = Pick<Connector, 'id' | 'name' | 'isOn' | 'state' | 'fault' | 'failures'>;

/** Words that every kind of link has of its own. */
export type LinkWord = 'act' | 'none' | 'start' | 'stop' | 'edit' | 'open' | 'remove' | 'removeTitle' | 'removeWhat' | 'removed' | 'failures' | `state-${Linked['state']}`;

/** Links of one kind as the administrator works with them. What is being typed lives here, so that leaving the part loses nothing. */
export abstract class LinkDesk<T extends Linked, L> {
  /** The link whose log is shown. */
  opened = $state<string | null>(null);
  abstract draft: object | null;
  readonly live: Live;
  readonly all: Answer<{ items: T[] }>;
  readonly log: Answer<{ items: L[] }>;
  readonly turning = new Sending();
  readonly removing = new Sending();
  readonly #path: string;

  constructor(live: Live, path: string, log: string) {
    this.live = live;
    this.#path = path;
    this.all = new Answer(live.api, () => path);
    this.log = new Answer(live.api, () => (this.opened === null ? null : `${path}/${this.opened}/${log}`));
  }

  abstract edit(one: T): void;

  load(): void {
    void this.all.load();
    if (this.opened !== null) void this.log.load();
  }

  open(id: string): void {
    this.opened = this.opened === id ? null : id;
    void this.log.load();
  }

  async turn(id: string, isOn: boolean): Promise<void> {
    await this.turning.run(() => this.live.api.send('POST', `${this.#path}/${id}/state`, { isOn }));
    this.load();
  }

  async remove(id: string): Promise<boolean> {
    const gone = await this.removing.run(() => this.live.api.send('DELETE', `${this.#path}/${id}`));
    if (this.opened === id) this.opened = null;
    this.load();
    return gone !== undefined;
  }

  close(): void {
    this.all.close();
    this.log.close();
  }
}
