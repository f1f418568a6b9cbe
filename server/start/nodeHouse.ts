import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { FeedHealth } from '#contract/entry.ts';
import type { NodesPort } from '../domain/ports/nodes.ts';
import type { Source } from '../domain/ports/door.ts';
import type { FeedsPort } from '../domain/ports/feeds.ts';
import type { TelemetryName, TelemetryPort } from '../domain/ports/telemetry.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Config } from '../kernel/config.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { createNoLine, type NodeLine } from '../live/nodes/line.ts';
import { createRedisLine } from '../live/nodes/redisLine.ts';
import { createShared } from '../live/nodes/shared.ts';
import type { Engine } from '../store/engine/engine.ts';
import { checkSealMark, createNodes, type Nodes } from '../store/nodes/nodes.ts';

interface HeardTelemetry {
  source: Source;
  topic: TelemetryName;
  items: readonly unknown[];
}

/** This server among the others: its duty, its line to them, and what is told over it. */
export interface NodeHouse extends NodesPort, Pick<Nodes, 'whileOnDuty' | 'settled'> {
  readonly line: NodeLine;
  /** Lets vehicles, sensors and the health of feeds be the same on every server. */
  join(parts: { telemetry: TelemetryPort; feeds: FeedsPort }): void;
  /** Feeds of this server and of the one on duty. */
  feeds(): FeedHealth[];
}

const markOf = (sealKey: Uint8Array) => createHash('sha256').update('mark').update(sealKey).digest('hex').slice(0, 16);

/** Fails: throws when the key of this server is not the one that sealed the store. */
export async function openNodeHouse({ engine, config, life, sealKey, version, clock, log }: { engine: Engine; config: Config; life: Lifecycle; sealKey: Uint8Array; version: string; clock: Clock; log: Log }): Promise<NodeHouse> {
  const id = randomUUID();
  const mark = markOf(sealKey);
  if (engine.kind === 'postgres') await checkSealMark(engine, mark);
  const nodes = life.add('nodes', await createNodes({ engine, id, name: `${hostname()}:${config.IOC_PORT}`, version, startedAt: clock.realNow(), log }));
  const line = life.add('line', config.REDIS_URL ? createRedisLine({ url: config.REDIS_URL, node: id, prefix: `ioc-${mark}`, log }) : createNoLine(id));
  let own: FeedsPort = { health: () => [] };
  const shared = life.add('node-feeds', createShared<FeedHealth[]>({ line, signal: 'feeds', own: () => own.health() }));

  return {
    ...nodes,
    line,
    join({ telemetry, feeds }) {
      own = feeds;
      telemetry.onTaken((source, topic, items) => line.tell('telemetry', { source, topic, items } satisfies HeardTelemetry));
      telemetry.onRehearsalOver((run) => line.tell('rehearsal-over', run));
      line.hear('telemetry', (body) => {
        const { source, topic, items } = body as HeardTelemetry;
        telemetry.hear(source, topic, items);
      });
      line.hear('rehearsal-over', (run) => void telemetry.forgetRehearsal(run as string, true));
    },
    feeds: () => [...new Map([...shared.others().flat(), ...own.health()].map((feed) => [feed.id, feed])).values()],
  };
}

/** Feeds, and every other source that ever spoke. */
export function withSources(feeds: readonly FeedHealth[], sources: readonly FeedHealth[]): FeedHealth[] {
  const known = new Set(feeds.map(({ id }) => id));
  return [...feeds, ...sources.filter(({ id }) => !known.has(id))];
}
