import type { Connector, ConnectorPreview, ConnectorRun, ConnectorText } from '#contract/connector.ts';
import { Answer } from '../../../live/answer.svelte.ts';
import type { Live } from '../../../live/live.svelte.ts';
import { LinkDesk } from '../links.svelte.ts';
import { Sending } from '../sending.svelte.ts';
import { canTellBack, draftOf, emptyDraft, lineOf, ruleOf, typedSecrets, type Draft, type Line, type Template } from './draft.ts';

/** Connections as the administrator works with them. What is being typed lives here, so that leaving the part loses nothing. */
export class ConnectorDesk extends LinkDesk<Connector, ConnectorRun> {
  draft = $state<Draft | null>(null);
  lines = $state<Line[]>([]);
  template = $state<Template>('rest-oauth2');
  preview = $state.raw<ConnectorPreview | null>(null);
  readonly adapters: Answer<{ items: ConnectorText[] }>;
  readonly sendings = { preview: new Sending(), write: new Sending(), ask: new Sending(), backfill: new Sending() };

  constructor(live: Live) {
    super(live, '/api/v1/connectors', 'runs');
    this.adapters = new Answer(live.api, () => '/api/v1/connectors/adapters');
  }

  override load(): void {
    super.load();
    if (this.adapters.value === null) void this.adapters.load();
  }

  begin(template: Template): void {
    this.template = template;
    this.draft = emptyDraft(template);
    this.lines = Object.entries(this.draft.text.mapping.map).map(([field, rule]) => lineOf(field, rule));
    this.preview = null;
  }

  /** Begins with a connection that came with a service. */
  beginWith(id: string): void {
    const text = this.adapters.value?.items.find((one) => one.id === id);
    if (!text) return;
    this.draft = { text: structuredClone($state.snapshot(text) as ConnectorText), secrets: { secret: '', certificate: '', privateKey: '' }, kept: [], rev: 0 };
    this.lines = Object.entries(text.mapping.map).map(([field, rule]) => lineOf(field, rule));
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

  override close(): void {
    super.close();
    this.adapters.close();
  }

  #body() {
    if (!this.draft) return undefined;
    const { text, rev } = $state.snapshot(this.draft) as Draft;
    const rules = this.lines.flatMap((line) => {
      const rule = ruleOf(line);
      return rule === undefined ? [] : [[line.field, rule] as const];
    });
    const key = text.mapping.key?.trim();
    const { tellBack, ...rest } = text;
    const told = tellBack && canTellBack(text) ? { tellBack } : {};
    return { connector: { ...rest, ...told, id: text.id.trim(), name: text.name.trim(), mapping: { ...(key ? { key } : {}), map: Object.fromEntries(rules) } }, secrets: typedSecrets($state.snapshot(this.draft) as Draft), rev };
  }
}
