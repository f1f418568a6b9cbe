import type { FeedHealth } from '#contract/entry.ts';
import type { Page } from '#contract/http.ts';
import type { ExportRequest, PurgePreview, PurgeReceipt, SecuritySettings, SecurityState, SessionLine, SignInService } from '#contract/security.ts';
import type { WallProfile } from '#contract/wall.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import { Person } from '../../live/person.svelte.ts';
import { ChannelDesk } from './channels/draft.svelte.ts';
import { ConnectorDesk } from './connectors/desk.svelte.ts';
import { ReceiverDesk } from './receivers/desk.svelte.ts';
import { CertificateDesk } from './certificate/certificateDesk.svelte.ts';
import { AuditLog } from './auditLog.svelte.ts';
import { TABS, tabsOf, type Account, type AccountDraft, type Grants, type Key, type KeyDraft, type ServiceDraft, type Tab } from './model.ts';
import { Sending } from './sending.svelte.ts';

const LOOK_MS = 5000;
const emptyAccount = (): AccountDraft => ({ user: '', name: '', position: '', roles: [], isEverywhere: false, units: [], endsOn: '' });
const emptyKey = (): KeyDraft => ({ id: '', name: '', isEveryTopic: false, topics: [], provenance: 'real' });

/** The page of administration. What is being typed lives here, so that going from part to part loses nothing. */
export class Admin {
  tab = $state<Tab>('accounts');
  account = $state<AccountDraft>(emptyAccount());
  key = $state<KeyDraft>(emptyKey());
  /** Null until what is kept was read. */
  service = $state<ServiceDraft | null>(null);
  rules = $state<SecuritySettings | null>(null);
  code = $state('');
  purgeReason = $state('');
  wall = $state('');
  /** Account whose roles are being changed, with the choice so far. */
  editing = $state<{ id: string; grants: Grants } | null>(null);
  password = $state<{ user: string; secret: string } | null>(null);
  bearer = $state<{ name: string; secret: string } | null>(null);
  readonly live: Live;
  readonly person: Person;
  readonly accounts: Answer<Page<Account>>;
  readonly keys: Answer<Page<Key>>;
  readonly walls: Answer<Page<WallProfile>>;
  readonly sources: Answer<Page<FeedHealth>>;
  readonly security: Answer<SecurityState>;
  readonly settings: Answer<SecuritySettings>;
  readonly kept: Answer<{ service: SignInService | null }>;
  readonly purges: Answer<{ items: PurgeReceipt[] }>;
  readonly purgeDue: Answer<PurgePreview>;
  readonly certificate: CertificateDesk;
  readonly sessions: Answer<{ items: SessionLine[] }>;
  readonly exports: Answer<{ items: ExportRequest[] }>;
  readonly connectors: ConnectorDesk;
  readonly receivers: ReceiverDesk;
  readonly channels: ChannelDesk;
  readonly audit: AuditLog;
  readonly sendings = { account: new Sending(), grants: new Sending(), state: new Sending(), key: new Sending(), revoke: new Sending(), pairing: new Sending(), settings: new Sending(), service: new Sending(), code: new Sending(), purge: new Sending(), session: new Sending(), export: new Sending() };
  readonly #timer: ReturnType<typeof setInterval>;

  readonly tabs: readonly Tab[] = $derived.by(() => tabsOf(this.person.me?.roles ?? []));
  readonly #shown = $derived.by(() => ({ accounts: this.accounts, keys: this.keys, screens: this.walls, sources: this.sources, security: this.security, certificate: this.certificate.state, service: this.kept, sessions: this.sessions, exports: this.exports, connectors: this.connectors.all, channels: this.channels.all, audit: null })[this.tab]);
  readonly pageState: PageState = $derived.by(() =>
    pageStateOf({ isLoading: this.person.me === null && this.person.refusal === null, isOffline: !this.live.isOnline, isStale: this.#shown !== null && this.#shown.value !== null && this.#shown.fault !== null, mode: 'live' }),
  );

  constructor(live: Live) {
    this.live = live;
    this.person = new Person(live.api);
    this.accounts = new Answer(live.api, () => '/api/v1/users');
    this.keys = new Answer(live.api, () => '/api/v1/keys');
    this.walls = new Answer(live.api, () => '/api/v1/walls');
    this.sources = new Answer(live.api, () => '/api/v1/sources?limit=200');
    this.security = new Answer(live.api, () => '/api/v1/security');
    this.settings = new Answer(live.api, () => '/api/v1/security/settings');
    this.kept = new Answer(live.api, () => '/api/v1/security/sign-in-service');
    this.purges = new Answer(live.api, () => '/api/v1/security/purges');
    this.purgeDue = new Answer(live.api, () => '/api/v1/security/purges/preview');
    this.certificate = new CertificateDesk(live.api);
    this.sessions = new Answer(live.api, () => '/api/v1/sessions?all=true');
    this.exports = new Answer(live.api, () => '/api/v1/guarded-exports');
    this.audit = new AuditLog(live.api);
    this.connectors = new ConnectorDesk(live);
    this.receivers = new ReceiverDesk(live);
    this.channels = new ChannelDesk(live);
    this.#timer = setInterval(() => {
      const followed = { sources: this.sources, exports: this.exports, sessions: this.sessions } as const;
      if (this.tab in followed && this.tabs.includes(this.tab)) void followed[this.tab as keyof typeof followed].load();
      if (this.tab === 'connectors' && this.tabs.includes('connectors')) for (const one of [this.connectors, this.receivers]) one.load();
    }, LOOK_MS);
  }

  /** Opens the part named in the address, or the first this person may see. */
  open(name: string): void {
    const wanted = TABS.find((tab) => tab === name && this.tabs.includes(tab)) ?? this.tabs[0];
    if (!wanted) return;
    this.tab = wanted;
    if (wanted === 'audit') void this.audit.load();
    if (wanted === 'accounts' || (wanted === 'audit' && this.person.is('admin'))) void this.accounts.load();
    if (wanted === 'security') for (const one of [this.security, this.settings, this.purges]) void one.load();
    if (wanted === 'certificate') void this.certificate.state.load();
    if (wanted === 'service') void this.kept.load();
    if (wanted === 'sessions') void this.sessions.load();
    if (wanted === 'exports') void this.exports.load();
    if (wanted === 'keys') void this.keys.load();
    if (wanted === 'screens') void this.walls.load();
    if (wanted === 'sources') void this.sources.load();
    if (wanted === 'connectors') for (const one of [this.connectors, this.receivers]) one.load();
    if (wanted === 'channels') for (const one of [this.channels, this.accounts]) void one.load();
  }

  clearAccount(): void {
    this.account = emptyAccount();
  }

  clearKey(): void {
    this.key = emptyKey();
  }

  /** Who did it: the name of an account, or the id itself. */
  nameOf(actor: string): string {
    return this.accounts.value?.items.find(({ id }) => id === actor)?.name ?? actor;
  }

  close(): void {
    clearInterval(this.#timer);
    for (const one of [this.person, this.security, this.settings, this.kept, this.purges, this.purgeDue, this.certificate, this.sessions, this.exports, this.accounts, this.keys, this.walls, this.sources, this.connectors, this.receivers, this.channels]) one.close();
  }
}
