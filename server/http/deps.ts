import type { Readiness } from '#contract/http.ts';
import type { Subtree } from '../domain/scope.ts';
import type { AccountsPort } from '../domain/ports/accounts.ts';
import type { AdministrationPort } from '../domain/ports/administration.ts';
import type { AlertBookPort } from '../domain/ports/alertBook.ts';
import type { AttachmentPort, AttachmentRightsPort } from '../domain/ports/attachments.ts';
import type { CitizensPort, PhotoPiecesPort } from '../domain/ports/citizens.ts';
import type { CertificatesPort } from '../domain/ports/certificates.ts';
import type { CameraRights } from '../domain/camera/watchRights.ts';
import type { CameraGroupsPort, CameraWorkPort } from '../domain/ports/cameras.ts';
import type { CameraSearchPort, CollectionPort } from '../domain/ports/collections.ts';
import type { DossierPort } from '../domain/ports/dossier.ts';
import type { ConnectorsPort } from '../domain/ports/connectors.ts';
import type { DutyPort } from '../domain/ports/duty.ts';
import type { DirectivesPort } from '../domain/ports/directives.ts';
import type { EventReceiversPort } from '../domain/ports/eventReceivers.ts';
import type { EscalationsPort } from '../domain/ports/escalations.ts';
import type { GoalsPort } from '../domain/ports/goals.ts';
import type { PeoplePort } from '../domain/ports/people.ts';
import type { AssignmentImportPort } from '../domain/ports/assignmentImport.ts';
import type { DoorPort } from '../domain/ports/door.ts';
import type { FootagePort } from '../domain/ports/footage.ts';
import type { FeedsPort } from '../domain/ports/feeds.ts';
import type { IndicatorImportPort } from '../domain/ports/indicatorImport.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { BriefingPort, DecisionsPort } from '../domain/ports/briefing.ts';
import type { RefusalsPort } from '../domain/ports/refusals.ts';
import type { PastPort, RecordingsPort } from '../domain/ports/past.ts';
import type { MediaPort } from '../domain/ports/media.ts';
import type { OrganisationPort } from '../domain/ports/organisation.ts';
import type { QualityPort } from '../domain/ports/quality.ts';
import type { RegisterPort } from '../domain/ports/register.ts';
import type { RedPort } from '../domain/ports/red.ts';
import type { AlertRulesPort } from '../domain/ports/alertRules.ts';
import type { TrafficPort } from '../domain/ports/traffic.ts';
import type { FeedbackImportPort } from '../domain/ports/feedbackImport.ts';
import type { HandlingPort } from '../domain/ports/handling.ts';
import type { NoticesPort } from '../domain/ports/notices.ts';
import type { NoticeChannelsPort } from '../domain/ports/noticeChannels.ts';
import type { ReportsPort } from '../domain/ports/reports.ts';
import type { ProceduresPort } from '../domain/ports/procedures.ts';
import type { AdoptionPort, RolloutPort } from '../domain/ports/rollout.ts';
import type { ScenariosPort } from '../domain/ports/scenarios.ts';
import type { SecurityPort } from '../domain/ports/security.ts';
import type { ServicesPort } from '../domain/ports/services.ts';
import type { SystemPort } from '../domain/ports/system.ts';
import type { UpkeepPort } from '../domain/ports/upkeep.ts';
import type { TelemetryPort } from '../domain/ports/telemetry.ts';
import type { WallsPort } from '../domain/ports/walls.ts';
import type { CommandHandlers } from '../domain/ports/work.ts';
import type { Units } from '../domain/units/units.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Tracer } from '../kernel/trace/tracer.ts';
import type { Gauge } from './metrics.ts';

/** The basemap, its letters and its names: everything a map needs, nothing from outside. */
export interface GeoSource {
  /** One tile as gzipped MVT, undefined where there is nothing. `etag` with its quotes. */
  tile(z: number, x: number, y: number): Promise<{ bytes: Uint8Array; etag: string } | undefined>;
  /** Font files by the only names that are served. */
  fontFiles: ReadonlyMap<string, string>;
  /** `origin` is how the page reached us, for the absolute addresses a map style needs. */
  style(lang: 'vi' | 'en', theme: 'dark' | 'light', origin: string): object;
  search(text: string, limit: number): readonly unknown[] | Promise<readonly unknown[]>;
}

export interface HttpConfig {
  /** The address it will listen on; decides whether TLS is needed. */
  host: string;
  /** Serves paired walls without TLS on a network address. */
  allowHttp: boolean;
  tls?: { key: string; cert: string } | undefined;
  /** Sites the web-page widget may show. */
  frameSources: readonly string[];
  /** Requests one ingest key may make in a minute. */
  ingestPerMinute?: number;
}

/** All that the HTTP floor stands on. */
export interface HttpDeps {
  accounts: AccountsPort;
  administration: AdministrationPort;
  security: SecurityPort;
  refusals: RefusalsPort;
  dossier: DossierPort;
  certificates: CertificatesPort;
  door: DoorPort;
  log: LogPort;
  collections: CollectionPort;
  /** The same as exports read them, from a copy of the store while it is fresh; absent: `collections`. */
  exported?: CollectionPort;
  cameraSearch: CameraSearchPort;
  telemetry: TelemetryPort;
  walls: WallsPort;
  scenarios: ScenariosPort;
  past: PastPort;
  recordings: RecordingsPort;
  briefing: BriefingPort;
  decisions: DecisionsPort;
  media: MediaPort;
  cameraWork: CameraWorkPort;
  cameraGroups: CameraGroupsPort;
  cameraRights: CameraRights;
  footage: FootagePort;
  feeds: FeedsPort;
  attachments: AttachmentPort;
  attachmentRights: AttachmentRightsPort;
  commands: CommandHandlers;
  red: RedPort;
  indicatorImports: IndicatorImportPort;
  directives: DirectivesPort;
  escalations: EscalationsPort;
  goals: GoalsPort;
  people: PeoplePort;
  assignmentImport: AssignmentImportPort;
  organisation: OrganisationPort;
  quality: QualityPort;
  register: RegisterPort;
  services: ServicesPort;
  rollout: RolloutPort;
  adoption: AdoptionPort;
  reports: ReportsPort;
  alertBook: AlertBookPort;
  duty: DutyPort;
  notices: NoticesPort;
  noticeChannels: NoticeChannelsPort;
  handling: HandlingPort;
  feedbackImport: FeedbackImportPort;
  alertRules: AlertRulesPort;
  traffic: TrafficPort;
  units: Pick<Units, 'get'>;
  citizens: CitizensPort;
  photoPieces: PhotoPiecesPort;
  procedures: ProceduresPort;
  system: SystemPort;
  upkeep: UpkeepPort;
  connectors: ConnectorsPort;
  eventReceivers: EventReceiversPort;
  clock: Clock;
  config: HttpConfig;
  logger: Log;
  subtree: Subtree;
  /** Folder of the built client. */
  clientFolder: string;
  /** Where documents, films and pictures of the walls lie. */
  filesFolder: string;
  geo: GeoSource;
  version: string;
  readiness(): Readiness | Promise<Readiness>;
  /** Figures of other parts, read at each scrape. */
  gauges?: () => readonly Gauge[];
  /** Records the way of what comes in; absent: nothing is recorded. */
  tracer?: Tracer;
}
