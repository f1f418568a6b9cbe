import Type, { type Static } from 'typebox';
import { Closed } from '#contract/base.ts';
import { Bilingual } from '#contract/red.ts';
import { ServiceGauge, ServiceGroup, ServiceLife } from '#contract/service.ts';

const Id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9][a-z0-9-]*$' });
const Code = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });
const Words = Type.String({ minLength: 1, maxLength: 500 });
const Name = Type.String({ minLength: 1, maxLength: 60 });

/** `service.yaml` of a service's folder: what it is called, where it stands, who speaks for it, what it shows. */
export const PackFile = Closed({
  service: Id,
  name: Bilingual,
  group: ServiceGroup,
  /** Its place within its group; without one it stands after those that have one, by name. */
  order: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  state: Closed({ is: ServiceLife, since: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), reason: Words }),
  /** The paper without which the service stays off. */
  approval: Type.Optional(Words),
  vendors: Type.Array(Name, { maxItems: 20 }),
  sources: Type.Array(Closed({ id: Id, name: Words, vendor: Type.Optional(Name) }), { minItems: 1, maxItems: 50 }),
  /** Indicators that need a real source before trial. */
  required: Type.Array(Code, { maxItems: 200 }),
  scene: Type.Optional(Id),
  alertKinds: Type.Array(Id, { maxItems: 20 }),
  mapLayers: Type.Array(Id, { maxItems: 20 }),
  /** Readings at places, with the bounds that colour them and the alerts they raise. */
  gauges: Type.Optional(Type.Array(ServiceGauge, { maxItems: 20 })),
  reportFigures: Type.Array(Id, { maxItems: 20 }),
});
export type PackFile = Static<typeof PackFile>;

const GROUPS: readonly PackFile['group'][] = ['official', 'trial', 'later'];
const LAST = 1001;

/** The order of the letters: official services, those on trial, those that follow, each group in its own order. */
export const byOrder = (a: Pick<PackFile, 'group' | 'order' | 'name'>, b: Pick<PackFile, 'group' | 'order' | 'name'>): number =>
  GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || (a.order ?? LAST) - (b.order ?? LAST) || a.name.vi.localeCompare(b.name.vi, 'vi');
