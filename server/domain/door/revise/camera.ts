import type { CameraItem, CameraState } from '#contract/topics/camera.ts';
import type { Reviser } from './revision.ts';

/** A camera after a message of its source, which owns all of it. Addresses of streams never become part of the state. */
export const reviseCamera: Reviser<CameraItem, CameraState> = ({ id, previous, source, now, passed: { ref, item, ward, provenance } }) => ({
  id, ref, source, provenance, ward,
  name: item.name,
  position: item.position,
  azimuth: item.azimuth,
  fieldOfView: item.fieldOfView,
  rangeM: item.rangeM,
  kind: item.kind ?? previous?.kind ?? null,
  purpose: item.purpose ?? previous?.purpose ?? null,
  noticePosted: item.noticePosted ?? previous?.noticePosted ?? null,
  retentionDays: item.retentionDays ?? previous?.retentionDays ?? null,
  groups: item.groups ?? previous?.groups ?? null,
  heightM: item.heightM ?? previous?.heightM ?? null,
  certificate: item.certificate ?? previous?.certificate ?? null,
  contractor: item.contractor ?? previous?.contractor ?? null,
  masks: previous?.masks ?? null,
  unit: item.unit ?? previous?.unit ?? null,
  streams: item.streams?.map(({ role, kind }) => ({ role, kind })) ?? previous?.streams ?? [],
  updatedAt: now,
});
