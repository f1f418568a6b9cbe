import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { createServer, isIP } from 'node:net';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { createRealClock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import { createSilentLog } from '../kernel/log.ts';
import { isPublicAddress } from '../kernel/publicAddress.ts';
import { createEngine } from '../store/engine/engine.ts';

/** One thing the wall depends on here. `stops` = the wall would not work; `warns` = a part would be missing. */
export interface Finding {
  name: string;
  verdict: 'fine' | 'warns' | 'stops';
  vi: string;
  en: string;
}

const fine = (name: string, vi: string, en: string): Finding => ({ name, verdict: 'fine', vi, en });

/** Full path of a program on PATH, or undefined. */
export function programPath(name: string, path = process.env.PATH ?? ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file) && statSync(file).isFile());
}

function checkRuntime(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return fine('runtime', `Node ${process.versions.node} chạy tốt.`, `Node ${process.versions.node} is right.`);
  return { name: 'runtime', verdict: 'stops', vi: `Node ${process.versions.node} quá cũ: chạy bằng npm start.`, en: `Node ${process.versions.node} is too old: start with npm start.` };
}

function checkMemory(): Finding {
  const gib = totalmem() / 2 ** 30;
  const said = gib.toFixed(1).replace('.', ',');
  if (gib >= 3) return fine('memory', `Bộ nhớ ${said} GiB.`, `Memory ${gib.toFixed(1)} GiB.`);
  return { name: 'memory', verdict: 'warns', vi: `Bộ nhớ chỉ ${said} GiB: kho nhúng cần khoảng 1,2 GiB.`, en: `Only ${gib.toFixed(1)} GiB of memory: the embedded store needs about 1.2 GiB.` };
}

function checkFolder(config: Config): Finding[] {
  try {
    mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
    accessSync(config.dataFolder, constants.W_OK);
  } catch {
    return [{ name: 'folder', verdict: 'stops', vi: `Không ghi được vào ${config.dataFolder}.`, en: `${config.dataFolder} can not be written.` }];
  }
  const disk = statfsSync(config.dataFolder);
  const freeGib = (disk.bavail * disk.bsize) / 2 ** 30;
  const found = [fine('folder', 'Thư mục dữ liệu ghi được.', 'The data folder can be written.')];
  if (freeGib < 2) found.push({ name: 'disk', verdict: freeGib < 0.5 ? 'stops' : 'warns', vi: `Ổ đĩa chỉ còn ${freeGib.toFixed(1).replace('.', ',')} GiB.`, en: `Only ${freeGib.toFixed(1)} GiB of disk left.` });
  return found;
}

const OWN_WITHIN_MS = 3000;

/** Whether what holds the port is this product at work. */
function isOurs({ IOC_HOST, IOC_PORT, hasTls }: Config): Promise<boolean> {
  const host = ['0.0.0.0', '::'].includes(IOC_HOST) ? '127.0.0.1' : IOC_HOST;
  const get = hasTls ? getSecure : getPlain;
  return new Promise((resolve) => {
    const question = get({ host, port: IOC_PORT, path: '/readyz', timeout: OWN_WITHIN_MS, rejectUnauthorized: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve(/"feeds":\[/.test(text) && /"epoch":/.test(text)));
    });
    question.on('timeout', () => question.destroy());
    question.on('error', () => resolve(false));
  });
}

function checkPort(config: Config): Promise<Finding> {
  if (config.IOC_PORT === 0) return Promise.resolve(fine('port', 'Cổng sẽ được chọn tự động.', 'Any free port will be taken.'));
  return new Promise((resolve) => {
    const probe = createServer();
    const taken: Finding = { name: 'port', verdict: 'stops', vi: `Cổng ${config.IOC_PORT} đang có chương trình khác dùng: đặt IOC_PORT.`, en: `Port ${config.IOC_PORT} is in use: set IOC_PORT.` };
    const atWork = fine('port', `Toàn Cảnh đang chạy ở cổng ${config.IOC_PORT}.`, `Toàn Cảnh is running on port ${config.IOC_PORT}.`);
    probe.once('error', () => void isOurs(config).then((ours) => resolve(ours ? atWork : taken)));
    probe.listen(config.IOC_PORT, config.IOC_HOST, () => probe.close(() => resolve(fine('port', `Cổng ${config.IOC_PORT} còn trống.`, `Port ${config.IOC_PORT} is free.`))));
  });
}

function checkPrograms(config: Config): Finding[] {
  const browser = config.IOC_CHROMIUM || programPath('chromium') || programPath('google-chrome') || programPath('msedge');
  const found: Finding[] = [];
  found.push(
    browser && existsSync(browser)
      ? fine('browser', 'Có trình duyệt để mở màn hình ghép trên máy này.', 'There is a browser to open a wall on this machine.')
      : { name: 'browser', verdict: 'warns', vi: 'Không thấy Chromium: npm run wall không mở được trên máy này.', en: 'No Chromium: npm run wall can not open a wall on this machine.' },
  );
  found.push(
    programPath('ffmpeg')
      ? fine('ffmpeg', 'Có ffmpeg: nhận được camera RTSP.', 'ffmpeg is here: RTSP cameras can be taken in.')
      : { name: 'ffmpeg', verdict: 'warns', vi: 'Không thấy ffmpeg: camera RTSP sẽ không có hình; vòng quay mẫu và cổng HLS vẫn chạy.', en: 'No ffmpeg: RTSP cameras will have no picture; demo loops and HLS gateways still work.' },
  );
  return found;
}

function checkParts(root: string): Finding[] {
  const parts: [string, string][] = [
    ['node_modules/fastify', 'thư viện / libraries'],
    ['geo/data/basemap.pmtiles', 'bản đồ nền / base map'],
    ['geo/data/units.json', 'danh mục đơn vị / units'],
    ['layouts/walls', 'màn hình ghép / walls'],
  ];
  const missing = parts.filter(([path]) => !existsSync(join(root, path))).map(([, name]) => name);
  if (missing.length === 0) return [fine('parts', 'Đủ thư viện, bản đồ, đơn vị và bố cục; không cần internet.', 'Libraries, map, units and layouts are here; nothing needs the internet.')];
  return [{ name: 'parts', verdict: 'stops', vi: `Thiếu: ${missing.join(', ')}.`, en: `Missing: ${missing.join(', ')}.` }];
}

/** Which parts would reach out of the house: only those that somebody declared. */
function checkOutside({ dataFolder }: Config): Finding {
  const folder = join(dataFolder, 'feeds');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : [];
  const outside = files.filter((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/\b(?:https?|mqtts?):\/\/(\[[^\]]+\]|[^\s/:'"]+)/g)].some(([, host = '']) => isIP(host) === 0 ? host !== 'localhost' : isPublicAddress(host)));
  const named = outside.length === 0 ? '' : ` ${outside.join(', ')}.`;
  return fine('outside', `Không phần nào của sản phẩm cần internet. Chỉ những nguồn, kết nối, bên nhận sự kiện, dịch vụ đăng nhập, thư điện tử, syslog do đơn vị khai báo mới đi ra ngoài.${named && ` Tệp nguồn trỏ ra ngoài:${named}`}`, `No part of the product needs the internet. Only sources, connections, event receivers, the sign-in service, e-mail and syslog that you declare go out.${named && ` Feed files that point outside:${named}`}`);
}

function checkShared(): Finding[] {
  const found: Finding[] = [];
  const cores = availableParallelism();
  if (cores < 2) found.push({ name: 'cores', verdict: 'warns', vi: 'Máy chỉ có một nhân xử lý: bản đồ và camera sẽ giật.', en: 'One processor core only: maps and cameras will stutter.' });
  const load = (loadavg()[0] ?? 0) / cores;
  if (load > 1.5) found.push({ name: 'load', verdict: 'warns', vi: `Máy đang bận gấp ${load.toFixed(1).replace('.', ',')} lần sức của nó: camera sẽ đứng hình và mất tín hiệu.`, en: `The machine is asked for ${load.toFixed(1)} times what it can do: cameras will freeze and be lost.` });
  return found;
}

function checkBuild(root: string): Finding {
  return existsSync(join(root, 'client/dist/build.txt'))
    ? fine('pages', 'Giao diện đã dựng.', 'The pages are built.')
    : fine('pages', 'Giao diện sẽ được dựng khi khởi động, khoảng nửa phút.', 'The pages will be built at the start, about half a minute.');
}

/** What the server would say if it started with this database, or nothing. */
async function databaseTrouble({ DATABASE_URL, dataFolder }: Config): Promise<string | undefined> {
  try {
    const engine = await createEngine({ databaseUrl: DATABASE_URL, dataFolder, templateFolder: '', log: createSilentLog(), clock: createRealClock() });
    await engine.close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function checkDatabase(config: Config): Promise<Finding[]> {
  if (!config.DATABASE_URL) return [{ name: 'store', verdict: 'warns', vi: 'Dùng kho nhúng: để đánh giá và thí điểm; không bảo đảm khi mất điện. Vận hành thật cần DATABASE_URL.', en: 'The embedded store is used: for evaluation and pilots, it does not promise to survive a power cut. Production needs DATABASE_URL.' }];
  const trouble = await databaseTrouble(config);
  return [trouble === undefined ? fine('store', 'PostgreSQL và PostGIS trả lời.', 'PostgreSQL with PostGIS answers.') : { name: 'store', verdict: 'stops', vi: `Không dùng được cơ sở dữ liệu: ${trouble}`, en: `The database can not be used: ${trouble}` }];
}

/** Everything that would stop or limit the wall on this machine, in plain sentences. */
export async function examine(config: Config, root: string): Promise<Finding[]> {
  const door = config.isLoopback || config.hasTls ? fine('door', 'Địa chỉ và TLS phù hợp.', 'Address and TLS agree.') : { name: 'door', verdict: 'warns' as const, vi: 'Mở ra mạng không có TLS: chỉ xem, không đăng nhập được.', en: 'Open to the network without TLS: viewing only, nobody can sign in.' };
  return [checkRuntime(), checkMemory(), ...checkShared(), ...checkFolder(config), ...(await checkDatabase(config)), await checkPort(config), door, ...checkPrograms(config), ...checkParts(root), checkBuild(root), checkOutside(config)];
}
