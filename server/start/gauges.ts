import type { LinkAbove } from '#contract/system.ts';
import type { NodesPort } from '../domain/ports/nodes.ts';
import type { Gauge } from '../http/metrics.ts';
import type { LiveStats } from '../live/live.ts';
import type { NodeLine } from '../live/nodes/line.ts';
import type { Engine } from '../store/engine/engine.ts';
import type { Reader } from '../store/engine/postgres/reader.ts';

/** Figures of the store and of this server among the others. */
export function systemGauges({ engine, reader, nodes, above }: { engine: Pick<Engine, 'health'>; reader: Pick<Reader, 'health'>; nodes: NodesPort & { line: Pick<NodeLine, 'state'> }; above: LinkAbove | null }): Gauge[] {
  const { state, pool, restarts, wakeLagMs } = engine.health();
  const copy = reader.health();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return [
    { name: 'ioc_store_ready', help: 'Whether the store answers.', value: state === 'ready' ? 1 : 0 },
    { name: 'ioc_store_restarts', help: 'How often the embedded engine was started anew.', value: restarts },
    { name: 'ioc_store_connections', help: 'Connections to the store.', value: pool.open, labels: { state: 'open' } },
    { name: 'ioc_store_connections', help: 'Connections to the store.', value: pool.waiting, labels: { state: 'waiting' } },
    ...(typeof wakeLagMs === 'number' ? [{ name: 'ioc_store_wake_seconds', help: 'Time from NOTIFY to its arrival.', value: wakeLagMs / 1000 }] : []),
    ...(copy ? [{ name: 'ioc_store_copy_fresh', help: 'Whether reports and exports are read from the copy of the store.', value: copy.state === 'fresh' ? 1 : 0 }] : []),
    ...(typeof copy?.behindMs === 'number' ? [{ name: 'ioc_store_copy_behind_seconds', help: 'How far the copy of the store is behind.', value: copy.behindMs / 1000 }] : []),
    { name: 'ioc_nodes', help: 'Servers on this store.', value: nodes.list().filter(({ lostSince }) => lostSince === null).length },
    { name: 'ioc_nodes_lost', help: 'Servers that fell silent without a goodbye in the last day.', value: nodes.list().filter(({ lostSince }) => lostSince !== null).length },
    { name: 'ioc_node_on_duty', help: 'Whether this server runs feeds, rules and backups.', value: nodes.isOnDuty() ? 1 : 0 },
    { name: 'ioc_node_line_up', help: 'Whether signals to the other servers pass; 1 where there is no line.', value: nodes.line.state() === 'down' ? 0 : 1 },
    ...(above ? aboveGauges(above) : []),
    { name: 'process_heap_bytes', help: 'Heap of the process in use.', value: heapUsed },
    { name: 'process_external_bytes', help: 'Memory held outside the heap.', value: external },
    { name: 'process_array_buffer_bytes', help: 'Memory of buffers.', value: arrayBuffers },
  ];
}

const aboveGauges = ({ fault, waiting, refused }: LinkAbove): Gauge[] => [
  { name: 'ioc_above_up', help: 'Whether the link to the centre above passes both ways.', value: fault === null ? 1 : 0 },
  { name: 'ioc_above_waiting', help: 'Own alerts the centre above has not taken yet.', value: waiting },
  { name: 'ioc_above_refused', help: 'Alerts one side of the link would not take.', value: refused?.count ?? 0 },
];

/** Figures of the live side. */
export function liveGauges({ sockets, audiences, tail, sentBack, snapshotEncodes, malformedPushes, refused, commands }: LiveStats): Gauge[] {
  return [
    { name: 'ioc_live_sockets', help: 'Screens connected to this server.', value: sockets },
    { name: 'ioc_live_audiences', help: 'Sets of screens that get the same bytes.', value: audiences },
    { name: 'ioc_live_tail', help: 'Newest log entry passed on to the screens.', value: tail },
    { name: 'ioc_live_sent_back', help: 'Screens told to pull because they were too slow.', value: sentBack },
    { name: 'ioc_live_snapshot_encodes', help: 'Snapshots turned into text; each serves everybody who asks while nothing changes.', value: snapshotEncodes },
    { name: 'ioc_live_malformed_pushes', help: 'Pushes held back because they broke the contract.', value: malformedPushes },
    { name: 'ioc_live_commands', help: 'Commands answered.', value: commands },
    { name: 'ioc_live_commands_refused', help: 'Commands refused.', value: refused },
  ];
}
