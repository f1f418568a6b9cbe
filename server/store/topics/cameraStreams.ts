import type { CameraStream } from '#contract/topics/camera.ts';
import { hasDefaultLogin } from '../../domain/camera/defaultLogin.ts';
import type { Queryable, Tx } from '../engine/engine.ts';
import { cameraTable } from './camera.ts';
import type { Seal } from './seal.ts';

/** Replaces the addresses of cameras; a message that names none leaves them, and the last of a camera counts. */
export async function writeStreams(tx: Tx, seal: Seal, messages: readonly { id: string; streams?: CameraStream[] | undefined }[]): Promise<void> {
  const named = new Map(messages.flatMap(({ id, streams }) => (streams ? [[id, streams] as const] : [])));
  if (named.size === 0) return;
  const rows = [...named].flatMap(([id, streams]) =>
    [...new Map(streams.map((stream) => [stream.role, stream])).values()].map(({ role, kind, url }) => ({
      camera: cameraTable.numberOf(id), role, kind, url: seal.seal(url).toString('hex'), isKnown: hasDefaultLogin(url),
    })),
  );
  await tx.query('delete from camera_stream where camera = any($1::bigint[])', [[...named.keys()].map(cameraTable.numberOf)]);
  await insertStreams(tx, rows);
}

/** Replaces the addresses of the named roles of one camera and takes away those that are given up; the others stay. */
export async function changeStreams(tx: Tx, seal: Seal, id: string, { streams = [], withoutStreams = [] }: { streams?: readonly CameraStream[] | undefined; withoutStreams?: readonly CameraStream['role'][] | undefined }): Promise<void> {
  const camera = cameraTable.numberOf(id);
  await tx.query('delete from camera_stream where camera = $1 and role = any($2::text[])', [camera, [...withoutStreams, ...streams.map(({ role }) => role)]]);
  await insertStreams(tx, streams.map(({ role, kind, url }) => ({ camera, role, kind, url: seal.seal(url).toString('hex'), isKnown: hasDefaultLogin(url) })));
}

async function insertStreams(tx: Tx, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into camera_stream (camera, role, kind, sealed_url, has_default_login)
     select r.camera, r.role, r.kind, decode(r.url, 'hex'), r."isKnown" from json_to_recordset($1::json) as r(camera bigint, role text, kind text, url text, "isKnown" boolean)`,
    [JSON.stringify(rows)],
  );
}

/** Addresses of one camera, for the media origin only. */
export async function readStreams(db: Queryable, seal: Seal, id: string): Promise<CameraStream[]> {
  const rows = await db.query<{ role: CameraStream['role']; kind: CameraStream['kind']; sealed_url: Uint8Array }>(
    'select role, kind, sealed_url from camera_stream where camera = $1 order by role',
    [cameraTable.numberOf(id) ?? null],
  );
  return rows.map(({ role, kind, sealed_url }) => ({ role, kind, url: seal.open(sealed_url) }));
}
