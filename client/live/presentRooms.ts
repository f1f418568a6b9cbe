import type { FeedHealth } from '#contract/entry.ts';
import type { FrameLayer } from '#contract/frame.ts';
import type { FrameLoop } from '../ui/frameLoop.ts';
import type { Api } from './api.ts';
import type { PresentReadings } from './presentSource.ts';
import { QualityWatch } from './qualityWatch.svelte.ts';
import { StreetWatch } from './streetWatch.svelte.ts';
import { Telemetry } from './telemetry.svelte.ts';
import { createTopicRooms, type TopicRooms } from './topicRooms.ts';
import { LatestView, type MovingView } from './views.svelte.ts';
import type { Wire } from './wire.ts';

/** What this page follows of the present, also while it shows the past: the way back takes one frame. */
export interface PresentRooms extends Omit<PresentReadings, 'domainNow' | 'topic'> {
  readonly topics: TopicRooms;
  readonly telemetry: Telemetry;
  moving(layer: FrameLayer): MovingView;
  onUp(): void;
  onDown(): void;
  close(): void;
}

interface PresentDeps {
  wire: Wire;
  loop: FrameLoop;
  api: Api;
  isHeld: () => boolean;
}

export function createPresentRooms({ wire, loop, api, isHeld }: PresentDeps): PresentRooms {
  const topics = createTopicRooms(wire, loop, isHeld);
  const telemetry = new Telemetry(wire);
  const feeds = new LatestView<FeedHealth>((feed) => feed.id);
  const quality = new QualityWatch(() => api);
  const streets = new StreetWatch(() => api);
  const stops = [
    wire.on('frame', (bytes) => telemetry.takeFrame(bytes)),
    wire.on('sensor.updated', ({ sensors }) => telemetry.sensors.take(sensors)),
    wire.on('feeds.updated', ({ feeds: changed }) => feeds.take(changed)),
  ];
  return {
    topics,
    telemetry,
    sensors() {
      void telemetry.join('sensor');
      return telemetry.sensors;
    },
    moving(layer) {
      void telemetry.join(layer);
      return telemetry.moving(layer);
    },
    feeds: () => feeds,
    /** Asked for once a minute from the first tile that shows it. */
    quality: () => quality.rows,
    streets: () => streets.of(null),
    onUp() {
      topics.onUp();
      telemetry.onUp();
    },
    onDown() {
      topics.onDown();
      telemetry.onDown();
    },
    close() {
      for (const stop of stops) stop();
      quality.close();
      streets.close();
    },
  };
}
