import type { Connector, ConnectorPreview, ConnectorRun } from '#contract/connector.ts';
import { Answer } from '../../../live/answer.svelte.ts';
import type { Live } from '../../../live/live.svelte.ts';
import { Sending } from '../sending.svelte.ts';
import { draftOf, emptyDraft, lineOf, ruleOf, typedSecrets, type Draft, type Line, type Template } from './draft.ts';

/** Connections as the administrator works with them. What is being typed lives here, so that leaving the part loses nothing. */
export class ConnectorDesk {
  draft = $state<Draft | null>(null);
  lines = $state<Line[]>([]);
  template = $state<Template>('rest-oauth2');
  /** Connection whose runs are shown. */
  opened = $state<string | null>(null);
  preview = $state.raw<ConnectorPreview | null>(null);
  readonly live: Live;
  readonly all: Answer<{ items: Connector[] }>;
  readonly runs: Answer<{ items: ConnectorRun[] }>;
  readonly sendings = { preview: new Sending(), write: new Sending(), turn: new Sending(), ask: new Sending(), backfill: new Sending(), remove: new Sending() };

  constructor(live: Live) {
    this.live = live;
    this.all = new Answer(live.api, () => '/api/v1/connectors');
    this.runs = new Answer(live.api, () => (this.opened === null ? null : `/api/v1/connectors/${this.opened}/runs`));
  }

  load(): void {
    void this.all.load();
    if (this.opened !== null) void this.runs.load();
  }

  begin(template: Template): void {
    this.template = template;
    this.draft = emptyDraft(template);
    this.lines = [];
    this.preview = null;
  }

  edit(connector: Connector): void {
    this.draft = draftOf(connector);
    this.lines = Object.entries(connector.mapping.map).map(([field, rule]) => lineOf(field, rule));
    this.preview = null;
  }

  /** Asks the other side once with what is typed. */
  async try(): Promise<void> {
    const body = this.#body();
    if (!body) return;
    const tried = await this.sendings.preview.run(() => this.live.api.send<ConnectorPreview>('POST', '/api/v1/connectors/preview', { connector: body.connector, secrets: body.secrets }));
    if (tried) this.preview = tried;
  }

  /** Takes the proposed mapping over where nothing is filled in yet. */
  takeSuggestion(): void {
    if (!this.preview || !this.draft) return;
    const { key, map } = this.preview.suggestion;
    this.draft.text.mapping.key ??= key;
    const filled = new Set(this.lines.filter(({ from }) => from.trim() !== '').map(({ field }) => field));
    const proposed = Object.entries(map).filter(([field]) => !filled.has(field)).map(([field, rule]) => lineOf(field, rule));
    this.lines = [...this.lines.filter(({ field }) => filled.has(field)), ...proposed];
  }

  async write(isOn: boolean): Promise<string | undefined> {
    const body = this.#body();
    if (!body) return undefined;
    const written = await this.sendings.write.run(() => this.live.api.send<Connector>('PUT', `/api/v1/connectors/${body.connector.id}`, body));
    if (!written) return undefined;
    if (isOn) await this.turn(written.id, true);
    this.draft = null;
    this.preview = null;
    this.load();
    return written.name;
  }

  async turn(id: string, isOn: boolean): Promise<void> {
    await this.sendings.turn.run(() => this.live.api.send('POST', `/api/v1/connectors/${id}/state`, { isOn }));
    this.load();
  }

  async ask(id: string): Promise<void> {
    await this.sendings.ask.run(() => this.live.api.send('POST', `/api/v1/connectors/${id}/ask`, {}));
    this.load();
  }

  async backfill(id: string, span: { from: number; to: number; sliceHours: number }): Promise<boolean> {
    const begun = await this.sendings.backfill.run(() => this.live.api.send('POST', `/api/v1/connectors/${id}/backfill`, span));
    this.load();
    return begun !== undefined;
  }

  async cancel(id: string): Promise<void> {
    await this.sendings.backfill.run(() => this.live.api.send('POST', `/api/v1/connectors/${id}/cancel`, {}));
    this.load();
  }

  async remove(id: string): Promise<boolean> {
    const gone = await this.sendings.remove.run(() => this.live.api.send('DELETE', `/api/v1/connectors/${id}`));
    if (this.opened === id) this.opened = null;
    this.load();
    return gone !== undefined;
  }

  close(): void {
    this.all.close();
    this.runs.close();
  }

  #body() {
    if (!this.draft) return undefined;
    const { text, rev } = $state.snapshot(this.draft) as Draft;
    const rules = this.lines.flatMap((line) => {
      const rule = ruleOf(line);
      return rule === undefined ? [] : [[line.field, rule] as const];
    });
    const key = text.mapping.key?.trim();
    return { connector: { ...text, id: text.id.trim(), name: text.name.trim(), mapping: { ...(key ? { key } : {}), map: Object.fromEntries(rules) } }, secrets: typedSecrets($state.snapshot(this.draft) as Draft), rev };
  }
}
