import { okay, refused } from '#contract/faults.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { BriefingPort, DecisionsPort } from '../../domain/ports/briefing.ts';
import type { PastPort, RecordingsPort } from '../../domain/ports/past.ts';
import { sees } from '../../domain/scope.ts';

/** A past in which nothing happened before `now`. */
export const createFakePast = (now: number): PastPort => ({
  moment: async (at) => okay({ at: Math.min(at, now), from: now, now, epoch: 'epoch-01', seq: 0, entries: [], sensors: [], feeds: null, frames: [], walls: [] }),
  stretch: async ({ until }) => okay({ until, seq: 0, entries: [], sensors: [], feeds: [], frames: [], walls: [] }),
  sensors: async () => okay([]),
  vehicles: async () => okay([{ slot: 4, position: [108.2, 16.06], speedKmh: 20, headingDeg: 90, kind: 1, at: now }]),
  traffic: async () => okay([]),
  wallLog: async ({ wall }) =>
    okay([{ wall: wall ?? 'w2x2', rev: 3, at: now, applyAt: now, act: 'scene', by: 'Trực ban', why: 'Giờ cao điểm', scene: 'toan-canh', hash: 'a'.repeat(64), chain: 'b'.repeat(64) }]),
  bookmarks: async () => okay([]),
});

/** One camera was recorded. */
export const fakeRecordings: RecordingsPort = {
  find: async (camera, at) => (camera === 'cam-1' ? { url: '/media/cam-1/footage.mp4', startsAt: at, endsAt: at + 60_000 } : null),
};

/** Only one wall was ever shown. */
export const fakeBriefing: BriefingPort = {
  make: async ({ wall, format }) => (wall === 'w2x2' ? okay({ name: `briefing.${format}`, contentType: format === 'pdf' ? 'application/pdf' : 'text/html; charset=utf-8', body: Buffer.from('x') }) : refused('WALL_UNKNOWN')),
};

/** One decision was ever taken, for the ward of Hải Châu. */
export const fakeDecisions: DecisionsPort = {
  between: async (wall, from, until, scope) => {
    const at = Math.floor((from + until) / 2);
    const request: HandlingRequestState = {
      id: 'hr-1', ref: 'direction-1', source: 'ioc', unit: '20242', title: 'Bơm nước hầm chui', about: null, level: null, position: null, ward: null, note: null, step: 'sent', provenance: 'manual', issuedBy: null, issuedAt: at, updatedAt: at, dueAt: until,
      deliveredAt: null, readAt: null, acceptedAt: null, acceptedBy: null, returnedAt: null, returnReason: null, carriedOutAt: null, result: null, verifiedAt: null, verifiedBy: null,
    };
    return okay(wall === 'w2x2' && sees(scope, request.unit, null) ? [{ id: 'de-1', wall, rev: 3, at, by: 'Chánh văn phòng', request }] : []);
  },
};
