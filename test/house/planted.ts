import type { SourceFile } from './breaches.ts';

/** Breaches planted on purpose: the checker must name each one. Shape: the files and the rule they break. */
export const PLANTED: { rule: string; files: SourceFile[] }[] = [
  { rule: 'no floor imports upward', files: [{ path: 'server/domain/alert/life.ts', text: "import { x } from '../../store/log/read.ts';" }] },
  { rule: 'no floor imports upward', files: [{ path: 'server/kernel/clock.ts', text: "import type { X } from '../domain/scope.ts';" }] },
  { rule: 'no floor imports upward', files: [{ path: 'client/ui/Chip.svelte', text: "<script lang=\"ts\">\n  import type { Live } from '../live/live.ts';\n</script>" }] },
  { rule: 'no floor imports upward', files: [{ path: 'geo/fold.ts', text: "import { log } from '../server/kernel/log.ts';" }] },
  { rule: 'islands never import each other', files: [{ path: 'server/feeds/csv/feed.ts', text: "import { poll } from '../http-poll/poll.ts';" }] },
  { rule: 'islands never import each other', files: [{ path: 'client/widgets/clock/Widget.svelte', text: "<script lang=\"ts\">\n  import Map from '../map/Widget.svelte';\n</script>" }] },
  { rule: 'rooms of one floor do not import each other', files: [{ path: 'server/http/app.ts', text: "import { rooms } from '../live/rooms.ts';" }] },
  { rule: 'one library, one floor', files: [{ path: 'server/live/gateway.ts', text: "import fastify from 'fastify';" }] },
  { rule: 'one library, one floor', files: [{ path: 'client/screens/desk/Desk.svelte', text: "<script lang=\"ts\">\n  const hls = import('hls.js');\n</script>" }] },
  { rule: 'one library, one floor', files: [{ path: 'server/domain/alert/read.ts', text: "import type { Pool } from 'pg';" }] },
  { rule: 'the contract imports only the schema library', files: [{ path: 'server/contract/http.ts', text: "import { z } from 'zod';" }] },
  { rule: 'the client imports nothing of the server but the contract', files: [{ path: 'client/live/live.ts', text: "import { x } from '../../server/domain/scope.ts';" }] },
  { rule: 'the server imports nothing of the client', files: [{ path: 'server/http/app.ts', text: "import { x } from '../../client/ui/format.ts';" }] },
  { rule: 'imports carry their extension', files: [{ path: 'server/domain/alert/life.ts', text: "import { x } from './states';" }] },
  {
    rule: 'no runtime cycles',
    files: [
      { path: 'server/domain/a.ts', text: "import { b } from './b.ts';" },
      { path: 'server/domain/b.ts', text: "import { a } from './a.ts';" },
    ],
  },
  { rule: 'names say what a thing is', files: [{ path: 'server/domain/utils.ts', text: '' }] },
  { rule: 'text stays text', files: [{ path: 'client/ui/Note.svelte', text: '<p>{@html note}</p>' }] },
  { rule: 'no static style attribute', files: [{ path: 'client/ui/Note.svelte', text: '<p style="color: red">x</p>' }] },
  { rule: 'nothing left open', files: [{ path: 'server/http/app.ts', text: ['// TO', 'DO later'].join('') }] },
  { rule: 'the clock is passed in', files: [{ path: 'server/domain/alert/life.ts', text: 'const at = Date.now();' }] },
  { rule: 'the random source is passed in', files: [{ path: 'server/feeds/simulate/feed.ts', text: 'const x = Math.random();' }] },
  { rule: 'no module-level state', files: [{ path: 'server/live/rooms.ts', text: 'let rooms = 0;' }] },
  { rule: 'no skipped or lonely test', files: [{ path: 'server/live/rooms.test.ts', text: ['test.', "skip('x', () => {})"].join('') }] },
  { rule: 'only erasable TypeScript', files: [{ path: 'server/live/rooms.ts', text: 'export enum Room { A }' }] },
  { rule: 'exported functions of the ground floors say what they are for', files: [{ path: 'server/domain/alert/life.ts', text: 'const a = 1;\nexport function next() {}' }] },
];
