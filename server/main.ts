import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isInVietnam } from '../geo/inside.ts';
import { loadGeo } from '../geo/readData.ts';
import { createCameraRights } from './domain/camera/watchRights.ts';
import { createDoor } from './domain/door/door.ts';
import { formsWith } from './domain/rollout/forms.ts';
import { boundsOf, rulesOf } from './domain/service/gauges.ts';
import { isOn } from './domain/service/moves.ts';
import { createUnits } from './domain/units/units.ts';
import { createHttpApp } from './http/app.ts';
import { createCertificates } from './http/certificates.ts';
import { createMovableClock, createRealClock } from './kernel/clock.ts';
import { readConfig, tlsChoice, type Config } from './kernel/config.ts';
import { returnStartMemory } from './kernel/heap.ts';
import { createLifecycle } from './kernel/lifecycle.ts';
import { createLog } from './kernel/log.ts';
import { createRandom } from './kernel/random.ts';
import { createLive, type Live } from './live/live.ts';
import { createCameraAddresses } from './media/cameraAddress.ts';
import { openWithFfmpeg } from './media/ffmpegSource.ts';
import { createRecorder } from './media/footage/recorder.ts';
import { createOnvifDevices } from './media/onvif/devices.ts';
import { createMediaOrigin } from './media/origin.ts';
import { createLevelDossier } from './reports/levelDossier.ts';
import { createPurgeReceipts } from './reports/purgeReceipt.ts';
import { createReports } from './reports/reports.ts';
import { readReportSettings } from './reports/settings.ts';
import { openAlertRules } from './start/alertRules.ts';
import { liveGauges, systemGauges } from './start/gauges.ts';
import { announce, say } from './start/announce.ts';
import { createCameraFootage } from './start/cameraFootage.ts';
import { openConnectors } from './start/connectors/house.ts';
import { openReceivers } from './start/receivers/house.ts';
import { createCameraStreams } from './start/cameraStreams.ts';
import { followCatalogue, loadServices } from './start/catalogue.ts';
import { ensureClientBuilt } from './start/clientBuild.ts';
import { dossierFacts } from './start/dossierFacts.ts';
import { findFeedKinds, readFeedFiles, type PlannedFeed } from './start/feedFiles.ts';
import { createFeedRunner, prepareFeeds } from './start/feedRunner.ts';
import { openFederation } from './start/federation/house.ts';
import { createGeoSource } from './start/geoSource.ts';
import { readHelpDesk } from './start/helpDesk.ts';
import { openNodeHouse, withSources } from './start/nodeHouse.ts';
import { readNotificationSettings } from './start/notification.ts';
import { openNoticeChannels } from './start/noticeChannels.ts';
import { readOrganisation } from './start/organisation.ts';
import { reportedServices } from './start/reportedServices.ts';
import { createReplayWork } from './start/replayWork.ts';
import { createRecordings } from './start/recordings.ts';
import { createRedWork } from './start/redWork.ts';
import { ROOT } from './start/root.ts';
import { openSampleLife } from './start/sample/life.ts';
import { openSealKey } from './start/secrets.ts';
import { openSecurityHouse } from './start/securityHouse.ts';
import { setupChoices } from './start/upkeep/choices.ts';
import { createUpkeep } from './start/upkeep/upkeep.ts';
import type { SelfAlerts } from './start/selfAlerts.ts';
import { openSelfAlerts } from './start/selfView.ts';
import { createSystemWatch } from './start/systemWatch.ts';
import { readWidgetSettings } from './start/widgetSettings.ts';
import { openTracer } from './start/tracer.ts';
import { createAccounts } from './store/accounts/accounts.ts';
import { createAdministration } from './store/accounts/administration.ts';

import { createClipStore } from './store/cameras/clips.ts';
import { createCameraWork } from './store/cameras/cameras.ts';
import { CAMERA_GROUP_CHANNEL, createCameraGroups } from './store/cameras/groups.ts';
import { createAttachmentFolder } from './store/attachments/folder.ts';
import { createAttachmentRights } from './store/attachments/uses.ts';
import { createCameraSearch } from './store/collections/cameraSearch.ts';
import { readCentre } from './store/centre/centre.ts';
import { createCollections } from './store/collections/collections.ts';
import { createSourceHealth } from './store/collections/sourceHealth.ts';
import { createEngine } from './store/engine/engine.ts';
import { migrate } from './store/engine/migrate.ts';
import { createReader } from './store/engine/postgres/reader.ts';
import { createLog as createEventLog } from './store/log/log.ts';
import { createNotices } from './store/notices/notices.ts';
import { createNoticeOutbox } from './store/notices/outbox.ts';
import { createReminders } from './store/notices/reminders.ts';
import { createTeller } from './store/notices/teller.ts';
import { placeOfThing } from './store/log/placeOf.ts';
import { createCaseCommands } from './store/red/commands.ts';
import { createRedEngine } from './store/red/red.ts';
import { createReportStore } from './store/reports/reports.ts';
import { createTraffic } from './store/traffic/traffic.ts';
import { createTelemetry } from './store/telemetry/telemetry.ts';
import { createDoorStore } from './store/topics/doorStore.ts';
import { createSeal } from './store/topics/seal.ts';
import { createCitizens } from './store/feedback/citizens.ts';
import { createFeedbackImport } from './store/feedback/import.ts';
import { createPhotoPieces } from './store/feedback/photoPieces.ts';
import { createRollout } from './store/rollout/rollout.ts';
import { createAdoption } from './store/adoption/adoption.ts';
import { createServices } from './store/services/services.ts';
import { createStandings, MOVE_CHANNEL } from './store/services/standings.ts';
import { createScenarios } from './store/scenarios/scenarios.ts';
import { createAlertFacts } from './store/walls/alertFacts.ts';
import { createAlertWatch } from './store/walls/alertWatch.ts';
import { createSalvoCameras } from './store/walls/salvoCameras.ts';
import { createWalls } from './store/walls/walls.ts';
import { createProcedures } from './store/procedures/procedures.ts';
import { procedureCommands } from './store/procedures/runs.ts';
import { createAlertBook } from './store/work/alertBook.ts';
import { createDuty } from './store/work/duty.ts';
import { createEscalation } from './store/work/escalation.ts';
import { createHandling } from './store/work/handling.ts';
import { createWork } from './store/work/work.ts';

const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
/** Starting up is over by then. */
const AT_REST_MS = 15_000;
const SAMPLE_KEY_NAME = 'Thành phố mẫu';

async function start(config: Config): Promise<() => Promise<void>> {
  const logger = createLog(config.IOC_LOG);
  const life = createLifecycle(logger);
  const clock = config.IOC_CLOCK === 'real' ? createRealClock() : createMovableClock(Date.parse(config.IOC_CLOCK));
  const random = createRandom(config.IOC_SEED);
  const mayHaveSample = config.IOC_SAMPLE === 'on';
  const sealKey = openSealKey(config.dataFolder);

  say('Chuẩn bị kho dữ liệu / preparing the store …');
  const held = Promise.withResolvers<void>();
  const opening = createEngine({ databaseUrl: config.DATABASE_URL, listenUrl: config.DATABASE_LISTEN_URL, dataFolder: config.dataFolder, templateFolder: config.IOC_TEMPLATE || join(ROOT, 'node_modules', '.cache', 'store-template'), log: logger, clock, onHeld: held.resolve });
  opening.catch(held.reject);
  await held.promise;
  const building = ensureClientBuilt(ROOT, say);
  building.catch(() => undefined);
  const kinds = await findFeedKinds(ROOT);
  const planned: PlannedFeed[] = readFeedFiles(config.dataFolder, kinds, (problem) => logger.error({ problem }, 'feed file refused'));
  const simulate = kinds.get('simulate');
  if (mayHaveSample && simulate) planned.unshift({ id: 'sample', name: SAMPLE_KEY_NAME, kind: simulate, settings: {} });
  const drop = kinds.get('drop-folder');
  if (drop && !planned.some(({ kind }) => kind === drop)) planned.push({ id: 'drop', name: 'Thư mục nhận tệp', kind: drop, settings: {} });
  const prepared = prepareFeeds(planned, { random: random.fork('feeds'), dataFolder: config.dataFolder });
  const services = loadServices(ROOT);
  const engine = life.add('store', await opening);
  await migrate(engine, logger);
  const nodes = await openNodeHouse({ engine, config, life, sealKey, version: VERSION, clock, log: logger });
  const hasSample = mayHaveSample && (await readCentre(engine)).hasSample;

  const geo = loadGeo(join(config.dataFolder, 'geo'));
  const tiles = life.add('tiles', await geo.tiles());
  const units = createUnits(readOrganisation(geo.units(), hasSample));
  const seal = createSeal(sealKey);
  const tracer = life.add('traces', openTracer({ url: config.IOC_TRACES, version: VERSION, node: nodes.line.node, clock, log: logger }));
  const eventLog = life.add('log', await createEventLog(engine, { log: logger, tracer }));
  const sources = life.add('sources', await createSourceHealth({ engine, clock, log: logger }));
  const segments = new Set(geo.roads().segments.map(({ id }) => id));
  const red = life.add('red', createRedEngine({ engine, clock, log: logger, units }));
  const places = { isInVietnam, wardAt: (position: readonly number[]) => geo.wardIndex().wardAt([position[0]!, position[1]!])?.code ?? null, hasSegment: (id: string) => segments.has(id), isOfWhole: (code: string) => red.catalogue().indicators.get(code)?.ofWhole ?? false };
  const standings = await createStandings(engine);
  const folders = life.add('catalogue', await followCatalogue({ root: ROOT, first: services, log: logger, use: red.use, isOn: (id, pack) => pack === undefined || isOn(pack, standings.now(id, pack)) }));
  let bounds = boundsOf(folders.packs().values());
  const telemetry = life.add('telemetry', await createTelemetry({ engine, clock, isOnDuty: nodes.isOnDuty, segments: geo.roads().segments, log: logger, boundsOf: (kind) => bounds.get(kind) }));
  life.add('service-moves', await engine.listen(MOVE_CHANNEL, () => void standings.reload().then(folders.again).catch((error: unknown) => logger.warn({ error: String(error) }, 'moved services could not be read'))));
  const door = createDoor({ clock, units, places, store: createDoorStore({ engine, seal, reactions: red.reactions, tracer }), telemetry, witness: sources });

  const accounts = createAccounts({ engine, clock, log: logger, sealKey });
  const securityHouse = life.add('security', await openSecurityHouse({ accounts, config, clock, log: logger }));
  const first = await accounts.prepareFirstAdmin(config.IOC_ADMIN_PASSWORD || undefined);
  if (config.IOC_INGEST_KEY && !(await accounts.ensureKey(config.IOC_INGEST_KEY)).ok) throw new Error('IOC_INGEST_KEY: mã khóa này đã bị thu hồi hoặc thuộc nguồn khác / the id of this key was revoked or belongs to another source');
  const sample = { key: '' };

  const streams = life.add('streams', await createCameraStreams({ engine, log: eventLog, seal, logger }));
  const media = life.add('media', createMediaOrigin({ clock, log: logger, random: random.fork('media'), cameras: streams.specOf, allowLoopback: config.isLoopback, mostTranscodes: config.IOC_TRANSCODES }));
  const addresses = createCameraAddresses(config.isLoopback);
  const cameraWork = life.add('camera-work', createCameraWork({ engine, clock, isOnDuty: nodes.isOnDuty, log: logger, units, seal, places, allowLoopback: config.isLoopback, probe: media.probe, devices: createOnvifDevices({ clock, addresses }) }));
  const walls = life.add('walls', await createWalls({ engine, clock, layoutsFolder: join(ROOT, 'layouts'), widgetSettings: await readWidgetSettings(join(ROOT, 'client/widgets')), logger, factsOf: (alert) => alertFacts(alert), camerasOf: (salvo) => salvoCameras(salvo) }));
  const workCommands = { ...walls.commands, ...createWork({ engine, clock, log: logger, units }), ...procedureCommands({ engine, clock, log: logger, units }), ...createCaseCommands({ engine, clock, log: logger, units }) };
  life.add('escalation', createEscalation({ engine, clock, log: logger, units }));
  const ways = life.add('notice-channels', await openNoticeChannels({ engine, seal, clock, log: logger, file: readNotificationSettings(config.dataFolder, logger), fetchIt: fetch }));
  life.add('outbox', createNoticeOutbox({ engine, channels: ways.open, clock, logger }));
  life.add('teller', createTeller({ engine, log: eventLog, ways, subtree: units.subtree, logger }));
  const traffic = createTraffic({ engine, clock, log: logger, units, telemetry, roads: geo.roads(), wardAt: places.wardAt });
  const alertRules = life.add('rules', await openAlertRules({ engine, clock, isOnDuty: nodes.isOnDuty, door, telemetry, traffic, segments: geo.roads().segments, logger, hasSamplesOn: hasSample }));
  await alertRules.adopt(rulesOf(folders.packs().values()));
  folders.whenChanged(async (packs) => {
    bounds = boundsOf(packs.values());
    await alertRules.adopt(rulesOf(packs.values()));
  });
  const citizens = life.add('citizens', createCitizens({ engine, clock, log: logger, door, units, seal, secret: sealKey, places }));
  const door0 = { url: '' };
  const feeds = life.add('feeds', createFeedRunner({ door, clock, random: random.fork('feeds'), log: logger, dataFolder: config.dataFolder, publicDoor: () => (door0.url ? { url: door0.url, bearer: sample.key } : undefined) }));
  nodes.join({ telemetry, feeds });
  const health = { health: () => withSources(nodes.feeds(), sources.health()) };

  const connectors = life.add('connectors', await openConnectors({ engine, isOnDuty: nodes.isOnDuty, seal, door, units, places, clock, random: random.fork('connectors'), log: logger, dataFolder: config.dataFolder, quality: () => redWork.quality.read() }));
  const collections = createCollections({ engine, clock, units, telemetry, sources: health });
  const cameraGroups = await createCameraGroups({ engine, clock });
  life.add('camera-groups', await engine.listen(CAMERA_GROUP_CHANNEL, () => void cameraGroups.reload().catch((error: unknown) => logger.warn({ error: String(error) }, 'groups of cameras could not be read'))));
  const cameraRights = createCameraRights({ collections, clock, groupsOf: streams.groupsOf, groupRights: cameraGroups.rights });
  const reader = life.add('reader', createReader({ engine, replicaUrl: config.DATABASE_REPLICA_URL, log: logger }));
  const exported = createCollections({ engine: reader, clock, units, telemetry, sources: health });
  const cameraSearch = createCameraSearch({ engine, buildings: geo.buildings });
  const footage = life.add('footage', await createCameraFootage({ clock, logger, log: eventLog, media, streams, cameraSearch, folder: join(config.dataFolder, 'footage'), ringMs: config.IOC_FOOTAGE * 1000, clips: createClipStore({ engine, clock }), recorder: createRecorder({ clock, addresses, open: openWithFfmpeg }) }));
  const salvoCameras = createSalvoCameras(cameraSearch);
  const alertFacts = createAlertFacts({ collections, cameraSearch, now: clock.now });
  const scenarios = life.add('scenarios', await createScenarios({ engine, clock, logger, walls, door, telemetry, collections, cameraSearch, hasUnit: units.has, quality: async () => { const now = await redWork.quality.read(); return now.ok ? now.value.items : []; }, layoutsFolder: join(ROOT, 'layouts'), node: randomUUID() }));
  const replay = createReplayWork({ engine, clock, log: eventLog, logger, life, geo, units, walls, feeds: health, isOnDuty: nodes.isOnDuty, boundsOf: (kind) => bounds.get(kind), issue: workCommands['direction.issue'] });
  const commands = { ...workCommands, ...scenarios.commands, ...replay.commands };
  life.add('alert-watch', await createAlertWatch({ log: eventLog, walls, clock, logger, feeds: health.health, isOnDuty: nodes.isOnDuty }));

  const certificates = createCertificates({ choice: tlsChoice(config), host: config.IOC_HOST, dataFolder: config.dataFolder, now: clock.realNow, record: securityHouse.record, log: logger });
  const build = await building;
  const readiness = () => ({ store: engine.health().state === 'ready' ? ('ok' as const) : ('down' as const), log: { epoch: eventLog.epoch(), head: eventLog.head() }, feeds: health.health(), version: VERSION });
  const redWork = await createRedWork({ root: ROOT, engine, clock, log: logger, life, units, geo, door, red, witness: sources, ways });
  const procedures = await createProcedures({ engine, clock });
  life.add('reminders', createReminders({ engine, clock, ...redWork, ways, subtree: units.subtree, logger }));
  const self: { now: SelfAlerts | undefined } = { now: undefined };
  const federation = openFederation({ line: nodes.line, life, door, log: eventLog, clock, dataFolder: config.dataFolder, logger });
  const systemWatch = life.add('system-watch', createSystemWatch({ engine, reader, nodes, above: federation.state, ills: () => self.now?.standing() ?? [], clock, dataFolder: config.dataFolder, provenance: geo.provenance(), log: logger }));
  const eventReceivers = life.add('event-receivers', await openReceivers({ engine, isOnDuty: nodes.isOnDuty, seal, log: eventLog, clock, random: random.fork('event-receivers'), logger }));
  const upkeep = life.add('upkeep', createUpkeep({ engine, isOnDuty: nodes.isOnDuty, clock, config, log: logger, version: VERSION, system: systemWatch, feeds: health, connectors, certificate: () => certificates.served()?.cert, choices: () => setupChoices(units.all(), walls.profiles()) }));
  const live: { now: Live | undefined } = { now: undefined };
  self.now = life.add('self-alerts', openSelfAlerts({ engine, door, clock, log: logger, isOnDuty: nodes.isOnDuty, line: nodes.line, system: systemWatch, upkeep, security: securityHouse.port, feeds: health, cameras: () => streams.places().map((place) => media.status(place.id)) }));
  const { app, close, useCertificate } = createHttpApp({
    certificates,
    security: securityHouse.port,
    refusals: securityHouse.refusals,
    dossier: { ...createLevelDossier(dossierFacts({ config, security: securityHouse.port, clock, version: VERSION })), ...createPurgeReceipts(() => readReportSettings(config.dataFolder)) },
    accounts, administration: createAdministration({ engine, accounts, dataFolder: config.dataFolder }), door, log: eventLog, telemetry, walls, scenarios, media, cameraWork, cameraGroups, cameraRights, footage, commands, clock, logger, readiness, ...redWork,
    reports: createReports({ store: createReportStore({ engine, reader }), red: redWork.red, units, clock, settings: readReportSettings(config.dataFolder), services: () => reportedServices(folders, standings) }),
    system: systemWatch,
    upkeep,
    alertBook: createAlertBook({ engine, clock }), duty: createDuty({ engine, clock }), feedbackImport: createFeedbackImport({ engine, clock, door, units, places }), alertRules, traffic, handling: createHandling({ engine, clock, units }), units, notices: createNotices({ engine, clock, ways }), noticeChannels: ways.port, procedures, services: createServices({ engine, clock, folders, standings, procedures }), rollout: createRollout({ engine, clock, forms: formsWith(readHelpDesk(config.dataFolder, logger)) }), adoption: createAdoption({ engine, clock }), citizens, photoPieces: createPhotoPieces(clock),
    attachments: createAttachmentFolder(join(config.dataFolder, 'attachments')),
    attachmentRights: createAttachmentRights({ engine }),
    collections,
    exported,
    past: replay.past, briefing: replay.briefing, decisions: replay.decisions,
    recordings: createRecordings(footage),
    cameraSearch,
    feeds: health,
    connectors,
    eventReceivers,
    config: { host: config.IOC_HOST, allowHttp: config.IOC_ALLOW_HTTP === '1', tls: certificates.served(), frameSources: config.IOC_FRAMES },
    subtree: units.subtree,
    clientFolder: join(ROOT, 'client', 'dist'),
    filesFolder: join(config.dataFolder, 'files'),
    geo: createGeoSource(ROOT, geo, tiles),
    version: VERSION,
    tracer,
    gauges: () => [...systemGauges({ engine, reader, nodes, above: federation.state() }), ...(live.now ? liveGauges(live.now.stats()) : [])],
  });
  certificates.follow(useCertificate);
  await app.ready();
  life.add('http', { close });
  live.now = life.add('live', createLive({ httpServer: app.server, log: eventLog, accounts, telemetry, walls, scenarios, feeds: health, cameraStates: () => streams.places().map((place) => ({ ...place, ...media.status(place.id) })), pictures: { media, rights: cameraRights, viewed: cameraWork.viewed }, commands, refusals: securityHouse.refusals, clock, logger, subtree: units.subtree, build, line: nodes.line, tracer,
    placeOf: (thing) => placeOfThing(engine, thing),
  }));
  await app.listen({ host: config.IOC_HOST, port: config.IOC_PORT });
  const { port } = app.server.address() as AddressInfo;
  const url = `${config.hasTls ? 'https' : 'http'}://${config.IOC_HOST}:${port}`;
  door0.url = url;
  await connectors.start();
  nodes.whileOnDuty(async () => {
    if (hasSample) sample.key = await accounts.renewKey('samplecity', { id: 'sample', name: SAMPLE_KEY_NAME, topics: null, provenance: 'simulated' });
    const mine = createLifecycle(logger);
    mine.add('feeds', feeds);
    await feeds.start(planned.filter(({ id }) => id !== 'sample' || hasSample), prepared);
    await connectors.resume();
    mine.add('federation', { close: federation.begin() });
    if (hasSample) openSampleLife({ life: mine, accounts, engine, commands: workCommands, clock, log: logger, random, catalogue: red.catalogue, packs: folders.packs, target: { url, bearer: sample.key }, dataFolder: config.dataFolder });
    return mine.close;
  });
  await nodes.settled();
  const linkToken = config.isLoopback ? await accounts.createLink() : undefined;
  announce({ url, firstPassword: first?.password, linkToken, dataFolder: config.dataFolder, now: clock.realNow() });
  setTimeout(returnStartMemory, AT_REST_MS).unref();
  return () => life.close();
}

const answer = readConfig(process.env, ROOT);
if ('problems' in answer) {
  for (const problem of answer.problems) say(`✗ ${problem}`);
  process.exit(1);
}
try {
  const close = await start(answer.config);
  const stop = () => void close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  say(`✗ ${error instanceof Error ? error.message : String(error)}`);
  if (answer.config.IOC_LOG === 'debug' && error instanceof Error) say(error.stack ?? '');
  process.exit(1);
}
