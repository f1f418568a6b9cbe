import { okay, refused } from '#contract/faults.ts';
import type { HttpDeps } from '../deps.ts';
import { NOW } from './moment.ts';

/** What the desk, the shift and citizens ask, with next to nothing in it. */
export const fakeDesk = {
  alertBook: { rows: async () => okay({ rows: [], alerts: 0, at: NOW }), load: async () => refused('NOT_FOUND'), timeline: async () => refused('NOT_FOUND') },
  alertRules: { list: async () => okay([]), write: async () => refused('RULE_TEXT'), try: async () => refused('NOT_FOUND'), turn: async () => refused('NOT_FOUND') },
  traffic: {
    board: async () => okay({ at: NOW, measured: 0, levels: {}, worst: [], corridors: [], provenance: null }),
    streets: async () => [],
    events: async () => okay([]),
    signs: async () => okay([]),
    addEvent: async () => refused('REQUEST_BODY'),
    endEvent: async () => refused('NOT_FOUND'),
    patrols: async () => okay([]),
    send: async () => refused('NOT_FOUND'),
  },
  feedbackImport: { read: async () => refused('SHEET_UNREADABLE') },
  handling: { board: async () => refused('REQUEST_QUERY') },
  notices: {
    list: async () => okay({ items: [], unread: 0 }),
    read: async () => refused('NOT_FOUND'),
    readAll: async () => okay(undefined),
    wish: async () => okay({ wish: { isUrgentOnly: false, quiet: null }, channels: [], houseQuiet: null }),
    setWish: async (_account, wish) => okay(wish),
    receipts: async () => refused('NOT_FOUND'),
  },
  noticeChannels: { board: async () => okay({ items: [], quiet: null }), write: async () => refused('NOTICE_CHANNEL'), remove: async () => refused('NOT_FOUND'), test: async () => refused('NOT_FOUND'), setQuiet: async () => okay(undefined) },
  duty: {
    log: async () => okay({ items: [], next: null }),
    write: async () => refused('STATE_REASON'),
    take: async () => refused('NOT_FOUND'),
    views: async () => okay([]),
    keepView: async (_account, view) => okay(view),
    dropView: async () => okay(undefined),
  },
  citizens: {
    report: async () => okay({ id: 'fb-1', code: 'ABCD-EFGH-2345', status: 'accepted', dueAt: NOW }),
    place: () => refused('REPORT_PLACE'),
    published: async () => okay([]),
    idOf: async () => refused('REPORT_CODE'),
    follow: async () => refused('REPORT_CODE'),
    rate: async () => refused('REPORT_CODE'),
    reopen: async () => refused('REPORT_CODE'),
    results: async () => okay({ items: [], next: null, figures: { handled: 0, simulated: 0, onTime: 0, rated: 0, ratingMean: null } }),
    contact: async () => refused('NOT_FOUND'),
    similar: async () => refused('NOT_FOUND'),
  },
  procedures: {
    list: async () => okay([]),
    coverage: async () => okay([]),
    draft: async () => refused('PROCEDURE_TEXT'),
    move: async () => refused('NOT_FOUND'),
    runs: async () => refused('NOT_FOUND'),
  },
  photoPieces: { put: () => okay({ have: [0] }), settle: () => undefined, progress: () => ({ have: [0], media: null }) },
} satisfies Partial<HttpDeps>;
