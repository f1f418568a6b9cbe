import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Programs of the machine that tests serve with, and the Debian packages that bring them. */
const WANTED: { what: string; paths: string[]; packages: string[] }[] = [
  { what: 'Chromium', paths: [process.env.IOC_CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'], packages: ['chromium'] },
  { what: 'PostgreSQL + PostGIS', paths: ['/usr/share/postgresql/15/extension/postgis.control', '/usr/share/postgresql/16/extension/postgis.control', '/usr/share/postgresql/17/extension/postgis.control'], packages: ['postgresql-15', 'postgresql-15-postgis-3'] },
  { what: 'ffmpeg', paths: ['/usr/bin/ffmpeg'], packages: ['ffmpeg'] },
  { what: 'RTSP server', paths: ['/usr/lib/x86_64-linux-gnu/girepository-1.0/GstRtspServer-1.0.typelib', '/usr/lib/aarch64-linux-gnu/girepository-1.0/GstRtspServer-1.0.typelib'], packages: ['gir1.2-gst-rtsp-server-1.0', 'python3-gi', 'gstreamer1.0-plugins-base', 'gstreamer1.0-plugins-good', 'gstreamer1.0-plugins-ugly', 'gstreamer1.0-plugins-bad'] },
  { what: 'Redis', paths: ['/usr/bin/redis-server'], packages: ['redis-server'] },
  { what: 'connection pooler', paths: ['/usr/sbin/pgbouncer'], packages: ['pgbouncer'] },
  { what: 'MQTT broker', paths: ['/usr/sbin/mosquitto'], packages: ['mosquitto'] },
];

const isThere = (paths: string[]) => paths.some((path) => path !== '' && existsSync(path));

/** Installs what is missing where it may (root on Debian), else says the one command. Returns lines for the reader. */
export function prepareMachine(): string[] {
  const missing = WANTED.filter((part) => !isThere(part.paths));
  if (missing.length === 0) return [];
  const packages = missing.flatMap((part) => part.packages);
  const names = missing.map((part) => part.what).join(', ');
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return [`missing: ${names}. Tests that need them will say so. Install with: sudo ${command}`];
  console.log(`installing ${names} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env: environment });
    execFileSync('apt-get', command.split(' ').slice(1), { stdio: ['ignore', 2, 2], env: environment });
  } catch (error) {
    return [`could not install ${names}: ${String(error)}`];
  }
  return [`installed ${names}`];
}

/** Path of the browser. Fails: throws when there is none, with what to do. */
export function chromiumPath(): string {
  const found = WANTED[0]!.paths.find((path) => path !== '' && existsSync(path));
  if (!found) throw new Error('no Chromium: install Debian’s chromium or set IOC_CHROMIUM');
  return found;
}
