import type { CameraItem } from '#contract/topics/camera.ts';
import type { HandlingRequestItem } from '#contract/topics/handlingRequest.ts';
import type { DoorTopic } from '#contract/topics.ts';
import { faultOf, type Fault } from '#contract/faults.ts';
import type { PassedItem } from '../../domain/door/doorStore.ts';
import { reviseAlert } from '../../domain/door/revise/alert.ts';
import { reviseCamera } from '../../domain/door/revise/camera.ts';
import { reviseFeedback } from '../../domain/door/revise/feedback.ts';
import { reviseHandlingRequest } from '../../domain/door/revise/handlingRequest.ts';
import { reviseRecord } from '../../domain/door/revise/record.ts';
import type { Revision } from '../../domain/door/revise/revision.ts';
import type { Tx } from '../engine/engine.ts';
import { writeStreams } from './cameraStreams.ts';
import { findSubjects, subjectKey } from './requestSubjects.ts';
import type { Seal } from './seal.ts';
import type { Thing } from './thingTable.ts';

/** How one topic takes a batch. */
export interface TopicDoor {
  /** Reads once per batch what the revisions need. */
  prepare(tx: Tx, source: string, items: readonly PassedItem[]): Promise<BatchDoor>;
}

export interface BatchDoor {
  revise(revision: Revision<PassedItem['item'], Thing>): { state: Thing } | { fault: Fault };
  /** Writes what lives beside the rows of the topic. */
  finish(tx: Tx, taken: readonly TakenMessage[]): Promise<void>;
}

/** A message that changed a thing. */
export interface TakenMessage {
  id: string;
  passed: PassedItem;
}

type AnyReviser = (revision: Revision<never, never>) => Thing;

const plain = (reviser: unknown): TopicDoor => ({
  prepare: async () => ({
    revise: (revision) => ({ state: (reviser as AnyReviser)(revision as never) }),
    finish: async () => {},
  }),
});

const requests: TopicDoor = {
  async prepare(tx, source, items) {
    const subjects = await findSubjects(tx, source, items as readonly PassedItem<HandlingRequestItem>[]);
    return {
      revise(revision) {
        const { about } = revision.passed.item as HandlingRequestItem;
        const subject = about && subjects.get(subjectKey(about));
        if (about && !subject) return { fault: faultOf('INGEST_ITEM', { pointer: '/about/ref', detail: 'nothing is known by this reference' }) };
        return { state: (reviseHandlingRequest(subject) as unknown as AnyReviser)(revision as never) };
      },
      finish: async () => {},
    };
  },
};

const cameras = (seal: Seal): TopicDoor => ({
  prepare: async () => ({
    revise: (revision) => ({ state: (reviseCamera as unknown as AnyReviser)(revision as never) }),
    finish: (tx, taken) => writeStreams(tx, seal, taken.map(({ id, passed }) => ({ id, streams: (passed.item as CameraItem).streams }))),
  }),
});

/** How each topic of the door takes a batch. */
export function createTopicDoors(seal: Seal): Readonly<Record<DoorTopic, TopicDoor>> {
  const record = plain(reviseRecord);
  return {
    alert: plain(reviseAlert),
    feedback: plain(reviseFeedback),
    camera: cameras(seal),
    'handling-request': requests,
    indicator: record,
    dossier: record,
    assignment: record,
    document: record,
    outreach: record,
    'security-event': record,
  };
}
