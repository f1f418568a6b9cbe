import { statfs } from 'node:fs/promises';
import type { LineState, LinkAbove, MapOrigin, NodeState, SystemState } from '#contract/system.ts';
import type { SystemPort } from '../domain/ports/system.ts';
import { forecastFull, type DiskSample } from '../domain/system/diskForecast.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import type { Engine } from '../store/engine/engine.ts';
import type { Reader } from '../store/engine/postgres/reader.ts';

const LOOK_MS = 60_000;
/** A day of looks. */
const KEPT_LOOKS = 1440;
const NO_LICENCE = /states no data licence/;

/** The record beside the map data, as the build of the map writes it. */
interface Provenance {
  attribution: string;
  limits: string[];
  sources: { licence: string; from: string }[];
}

interface WatchParts {
  engine: Pick<Engine, 'health'>;
  reader: Pick<Reader, 'health'>;
  nodes: { list(): readonly NodeState[]; line: { state(): LineState } };
  above(): LinkAbove | null;
  ills(): SystemState['ills'];
  clock: Clock;
  dataFolder: string;
  provenance: unknown;
  log: Log;
}

/** Looks at the disk every minute, so that the system page can say how long it lasts. */
export function createSystemWatch({ engine, reader, nodes, above, ills, clock, dataFolder, provenance, log }: WatchParts): SystemPort & Closable {
  const startedAt = clock.realNow();
  const map = mapOf(provenance as Provenance);
  const samples: DiskSample[] = [];

  const askDisk = async () => {
    try {
      const { bavail, blocks, bsize } = await statfs(dataFolder);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    } catch (error) {
      log.warn({ error: String(error) }, 'the disk can not be asked for its room');
      return undefined;
    }
  };
  const sample = async () => {
    const disk = await askDisk();
    if (disk) samples.push({ at: clock.realNow(), freeBytes: disk.freeBytes });
    if (samples.length > KEPT_LOOKS) samples.shift();
  };
  void sample();
  const timer = setInterval(() => void sample(), LOOK_MS);

  return {
    async look() {
      const { kind, state, versions, restarts, lastFault, lastSnapshotAt } = engine.health();
      const disk = await askDisk();
      return {
        runtime: `Node.js ${process.versions.node}`,
        startedAt,
        clock: { realAt: clock.realNow(), domainAt: clock.now(), rate: clock.rate(), isReal: clock.isReal() },
        store: { kind, state, server: versions.server, postgis: versions.postgis, restarts, lastFault: lastFault ?? null, lastSnapshotAt: lastSnapshotAt ?? null, copy: reader.health() ?? null },
        disk: disk ? { ...disk, fullAt: forecastFull(samples) } : null,
        memoryBytes: process.memoryUsage.rss(),
        map,
        nodes: [...nodes.list()],
        line: nodes.line.state(),
        above: above(),
        ills: ills(),
      };
    },
    close: () => clearInterval(timer),
  };
}

function mapOf({ attribution, limits, sources }: Provenance): { attribution: string; limits: string[]; origins: MapOrigin[] } {
  const origins = new Map<string, MapOrigin>();
  for (const { from, licence } of sources) {
    const known = origins.get(`${from}\n${licence}`) ?? { from, licence, hasLicence: !NO_LICENCE.test(licence), files: 0 };
    origins.set(`${from}\n${licence}`, { ...known, files: known.files + 1 });
  }
  return { attribution, limits, origins: [...origins.values()] };
}
