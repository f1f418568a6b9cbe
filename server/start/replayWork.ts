import type { SensorBounds } from '#contract/topics/telemetry.ts';
import type { GeoData } from '../../geo/readData.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { BriefingPort, DecisionsPort } from '../domain/ports/briefing.ts';
import type { FeedsPort } from '../domain/ports/feeds.ts';
import type { PastPort } from '../domain/ports/past.ts';
import type { CommandHandler, CommandHandlers } from '../domain/ports/work.ts';
import type { Units } from '../domain/units/units.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { createBriefing } from '../reports/briefing/briefing.ts';
import type { Engine } from '../store/engine/engine.ts';
import { createKeyframes } from '../store/log/keyframes.ts';
import { createPast } from '../store/log/past.ts';
import { createFeedKeeper } from '../store/log/pastFeeds.ts';
import { createBookmarkCommands } from '../store/walls/bookmarks.ts';
import { createRehearsals } from '../store/scenarios/rehearsals.ts';
import { createDecisions } from '../store/walls/decisions.ts';
import type { Walls } from '../store/walls/walls.ts';
import { cityOutline } from './cityOutline.ts';

interface Deps {
  engine: Engine;
  clock: Clock;
  log: LogPort;
  logger: Log;
  life: Lifecycle;
  geo: GeoData;
  units: Units;
  walls: Walls;
  /** How every source stands. */
  feeds: FeedsPort;
  isOnDuty(): boolean;
  boundsOf: (kind: string) => SensorBounds | undefined;
  issue: CommandHandler<'direction.issue'> | undefined;
}

/** Everything that looks back: moments, bookmarks, decisions and the record of a meeting. */
export function createReplayWork({ engine, clock, log, logger, life, geo, units, walls, feeds, isOnDuty, boundsOf, issue }: Deps): { past: PastPort; briefing: BriefingPort; decisions: DecisionsPort; commands: CommandHandlers } {
  if (!issue) throw new Error('nothing issues directions');
  life.add('keyframes', createKeyframes(engine, log, logger));
  life.add('feed-keeper', createFeedKeeper({ engine, clock, logger, health: feeds.health, isOnDuty }));
  const past = createPast({ engine, clock, segments: geo.roads().segments });
  const decisions = createDecisions({ engine, clock, walls, issue });
  const briefing = createBriefing({ past, decisions, rehearsals: createRehearsals(engine), boundsOf, walls, units, clock, outline: () => cityOutline(geo) });
  return { past, briefing, decisions, commands: { ...createBookmarkCommands({ engine, clock }), ...decisions.commands } };
}
