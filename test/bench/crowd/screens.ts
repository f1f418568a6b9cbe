import { gunzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { CONTRACT_VERSION } from '#contract/version.ts';

/** Screens without a picture on one server: what a page sends and hears on its socket, nothing more. */
const [url = '', token = ''] = process.argv.slice(2);
const AT_ONCE = 100;
/** First byte of what is packed. */
const GZIP = 0x1f;

/** What the screens are asked for. `isWhole`: each also loads the alerts; `stuck` of them read nothing after that; `follows`: the vehicles, too. */
export type Asked = { do: 'come'; count: number; isWhole: boolean; stuck: number; follows?: boolean } | { do: 'count' } | { do: 'until'; entries: number } | { do: 'go' };

/** Units: ms from the question to the moment the last screen had what it came for; bytes since they came or were counted. */
export interface Answered {
  tookMs: number;
  bytes: number;
  /** Entries of the state that every screen was given alike; 0 when two were given different ones. */
  held: number;
}

interface Screen {
  socket: WebSocket;
  entries: number;
  isStuck: boolean;
  isHere: boolean;
}

let screens: Screen[] = [];
let bytes = 0;
/** States that came, by their length. */
let states = new Map<number, Buffer>();
let onEntry: () => void = () => undefined;

function come(isWhole: boolean, isStuck: boolean, follows: boolean): Promise<Screen> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live/?EIO=4&transport=websocket`, { perMessageDeflate: false });
    const screen: Screen = { socket, entries: 0, isStuck, isHere: false };
    const settle = () => {
      if (screen.isHere) return;
      screen.isHere = true;
      if (isStuck) socket.pause();
      if (follows) socket.send('421["topic.join",{"topic":"vehicle"}]');
      resolve(screen);
    };
    const take = (state: Buffer) => {
      states.set(state.length, state);
      settle();
    };
    socket.on('error', reject);
    socket.on('message', (part: Buffer, isBinary: boolean) => {
      bytes += part.length;
      if (isBinary) return screen.isHere ? undefined : take(part);
      const head = part.subarray(0, 14).toString();
      if (head.startsWith('0{')) socket.send(`40${JSON.stringify({ contract: CONTRACT_VERSION, token })}`);
      else if (head === '2') socket.send('3');
      else if (head.startsWith('44')) reject(new Error(part.toString()));
      else if (head.startsWith('40') && isWhole) socket.send('420["topic.join",{"topic":"alert","mayPack":true}]');
      else if (head.startsWith('40')) settle();
      else if (head.startsWith('430')) take(part);
      else if (head.startsWith('42["log.entry"')) {
        screen.entries++;
        onEntry();
      }
    });
  });
}

function heldByAll(): number {
  const [state, ...others] = states.values();
  if (!state || others.length > 0) return 0;
  const answer = JSON.parse(state[0] === GZIP ? gunzipSync(state).toString() : state.toString().slice('430'.length)) as object[] | [{ data: { snapshot: object[] } }];
  return 'data' in answer[0]! ? (answer[0] as { data: { snapshot: object[] } }).data.snapshot.length : answer.length;
}

async function carryOut(asked: Asked): Promise<void> {
  if (asked.do === 'come') {
    bytes = 0;
    states = new Map();
    const coming = Array.from({ length: asked.count }, (_, n) => n);
    for (let from = 0; from < coming.length; from += AT_ONCE) screens.push(...(await Promise.all(coming.slice(from, from + AT_ONCE).map((n) => come(asked.isWhole, n < asked.stuck, asked.follows === true)))));
  } else if (asked.do === 'until') {
    const areWhole = () => screens.every(({ entries, isStuck }) => isStuck || entries >= asked.entries);
    await new Promise<void>((resolve) => {
      onEntry = () => areWhole() && resolve();
      onEntry();
    });
    onEntry = () => undefined;
    for (const screen of screens) screen.entries = 0;
  } else if (asked.do === 'go') {
    const gone = screens.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
    for (const { socket } of screens) socket.terminate();
    await Promise.all(gone);
    screens = [];
  }
}

process.on('message', (asked: Asked) => {
  const startedAt = performance.now();
  carryOut(asked).then(
    () => {
      const tookMs = performance.now() - startedAt;
      process.send!({ tookMs, bytes, held: heldByAll() } satisfies Answered);
      if (asked.do === 'count') bytes = 0;
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send!('here');
