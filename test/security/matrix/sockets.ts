import { io, type Socket } from 'socket.io-client';
import { decodeFrame } from '#contract/frame.ts';
import { CONTRACT_VERSION } from '#contract/version.ts';
import { COMMANDS, type CommandName } from '#contract/events.ts';
import { MEDIA_NAMESPACE } from '#contract/mediaLine.ts';
import { ALL_TOPICS } from '#contract/topics.ts';
import type { Papers, Who } from './people.ts';
import type { Planted } from './plant.ts';
import { sampleOf } from './samples.ts';
import { RELATIONS, wordsIn, type Relation } from './units.ts';

/** A screen that keeps every byte it is told. */
export interface Screen {
  who: Who;
  socket: Socket;
  heard: { name: string; text: string }[];
  /** Most vehicles that one picture of the road showed. */
  vehicles(): number;
  ask(name: string, request: unknown): Promise<{ ok: boolean; text: string }>;
  close(): void;
}

const TOPICS = Object.keys(ALL_TOPICS);
const THING_BY_FAMILY: Readonly<Record<string, string>> = { alert: 'alert', feedback: 'feedback', 'handling-request': 'handling-request', case: 'case', direction: 'case', procedure: 'alert', presence: 'alert' };
/** Commands of the connection itself; they name no thing of a unit. */
/** And closing what one never opened changes nothing. */
const OF_CONNECTION = new Set(['clock.sync', 'trace.painted', 'topic.join', 'topic.leave', 'wall.join', 'wall.leave', 'wall.report', 'presence.close']);

const toText = (value: unknown): string => JSON.stringify(value, (_key, inner: unknown) => (inner instanceof Uint8Array ? Buffer.from(inner).toString('latin1') : inner)) ?? '';

export async function openScreen(url: string, who: Who, papers: Papers): Promise<Screen> {
  const socket = io(url, { path: '/live', transports: ['websocket'], forceNew: true, reconnection: false, auth: { contract: CONTRACT_VERSION }, extraHeaders: { ...papers } });
  const heard: Screen['heard'] = [];
  let vehicles = 0;
  socket.onAny((name: string, ...args: unknown[]) => heard.push({ name, text: toText(args) }));
  socket.on('frame', (bytes: Uint8Array) => {
    const frame = decodeFrame(new Uint8Array(bytes));
    if (frame?.layer === 'vehicle') vehicles = Math.max(vehicles, frame.placed.slot.length + frame.moved.slot.length);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', reject);
  });
  return {
    who,
    socket,
    heard,
    vehicles: () => vehicles,
    async ask(name, request) {
      const answer = (await socket.timeout(20_000).emitWithAck(name, request)) as { ok: boolean };
      return { ok: answer.ok, text: toText(answer) };
    },
    close: () => void socket.disconnect(),
  };
}

export interface SocketVerdict {
  cells: number;
  faults: string[];
  shown: number;
}

/** Joins every topic from nothing and from the first entry, and looks for words of other units in the answers. */
export async function joinAll(screen: Screen, epoch: string): Promise<SocketVerdict> {
  const verdict: SocketVerdict = { cells: 0, faults: [], shown: 0 };
  const joined = await screen.ask('wall.join', { wall: 'w2x2' });
  verdict.cells += RELATIONS.length;
  for (const relation of wordsIn(joined.text)) if (relation !== 'own') verdict.faults.push(`${screen.who} joined a wall: words of ${relation}`);
  for (const topic of TOPICS) {
    for (const after of [{ epoch, seq: 0 }, undefined]) {
      const { text } = await screen.ask('topic.join', { topic, ...(after ? { after } : {}) });
      const seen = wordsIn(text);
      verdict.cells += RELATIONS.length;
      if (seen.includes('own')) verdict.shown += 1;
      for (const relation of seen) if (relation !== 'own') verdict.faults.push(`${screen.who} joined ${topic} ${after ? 'from the start' : 'anew'}: words of ${relation}`);
    }
  }
  return verdict;
}

/** Asks for the pictures of a camera of every unit over the line that players share. */
export async function watchAll(url: string, who: Who, papers: Papers, ids: Record<Relation, Planted>): Promise<SocketVerdict> {
  const line = io(`${url}${MEDIA_NAMESPACE}`, { path: '/live', transports: ['websocket'], forceNew: true, reconnection: false, auth: { contract: CONTRACT_VERSION }, extraHeaders: { ...papers } });
  const verdict: SocketVerdict = { cells: 0, faults: [], shown: 0 };
  for (const relation of RELATIONS) {
    const { status } = (await line.timeout(20_000).emitWithAck('media.get', { camera: ids[relation].camera, file: 'index.m3u8' })) as { status: number };
    verdict.cells += 1;
    if (relation === 'own') verdict.shown += status < 400 ? 1 : 0;
    else if (status < 400) verdict.faults.push(`${who} watched a camera of ${relation}: ${status}`);
  }
  line.disconnect();
  return verdict;
}

/** Sends every command about things of every unit; only those of the own unit may succeed. */
export async function commandAll(screen: Screen, ids: Record<Relation, Planted>): Promise<SocketVerdict> {
  const verdict: SocketVerdict = { cells: 0, faults: [], shown: 0 };
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    if (OF_CONNECTION.has(name)) continue;
    const family = name.split('.')[0] ?? '';
    const thing = THING_BY_FAMILY[family];
    for (const relation of RELATIONS) {
      const request = sampleOf(COMMANDS[name].request as unknown as Record<string, unknown>, '', relation, ids[relation], thing);
      const { ok, text } = await screen.ask(name, request);
      const foreign = wordsIn(text).filter((word) => word !== 'own');
      verdict.cells += 1;
      if (wordsIn(text).includes('own')) verdict.shown += 1;
      if (foreign.length > 0) verdict.faults.push(`${screen.who} ${name} on ${relation}: words of ${foreign.join(', ')}`);
      if (ok && relation !== 'own' && thing !== undefined) verdict.faults.push(`${screen.who} ${name} on ${relation}: carried out`);
    }
  }
  return verdict;
}

/** What a screen heard on its own: every push of every topic, with the words of whom. */
export function listenedTo(screen: Screen): SocketVerdict {
  const verdict: SocketVerdict = { cells: TOPICS.length * RELATIONS.length, faults: [], shown: 0 };
  if (screen.vehicles() > 1) verdict.faults.push(`${screen.who} saw ${screen.vehicles()} vehicles, of which one is its own`);
  for (const { name, text } of screen.heard) {
    const seen = wordsIn(text);
    if (seen.includes('own')) verdict.shown += 1;
    for (const relation of seen) if (relation !== 'own') verdict.faults.push(`${screen.who} was pushed ${name}: words of ${relation}`);
  }
  return verdict;
}
