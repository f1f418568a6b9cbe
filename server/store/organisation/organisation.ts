import { merge } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import { okay, refused } from '#contract/faults.ts';
import type { OrganisationPort } from '../../domain/ports/organisation.ts';
import { answerOf, type DataSet } from '../../domain/red-case/dataSet.ts';
import { sees } from '../../domain/scope.ts';
import { eraOn, formerNamed, regroup, TWO_LEVELS_FROM, type FormerUnit } from '../../domain/units/succession.ts';
import type { OrganisationUnit } from '../../domain/units/units.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import figures from './placeFigures.json' with { type: 'json' };

export interface OrganisationDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  units: { all(): readonly OrganisationUnit[]; get(code: string): OrganisationUnit | undefined };
  former: readonly FormerUnit[];
  dataSets: readonly DataSet[];
  /** Outlines of today's units of a province, when the product has them. */
  wardsOf(province: string): Topology | undefined;
}

type Ring = [number, number][];

/** Builds the organisation in time over the counts of the store. */
export function createOrganisation({ engine, clock, units, former, dataSets, wardsOf }: OrganisationDeps): OrganisationPort {
  const nameOf = (code: string) => units.get(code)?.fullName ?? code;
  const ofProvince = (province: string) => units.all().filter((unit) => unit.parent === province && unit.kind !== 'agency');
  const districtsOf = (province: string) => former.filter((one) => one.province === province);

  return {
    on(day, province) {
      const era = eraOn(day);
      if (era === 'districts') {
        const list = districtsOf(province).map(({ id, name, units: codes }) => ({ id, name, province, validFrom: null, validUntil: TWO_LEVELS_FROM, successors: codes.map((code) => ({ code, name: nameOf(code) })) }));
        return { on: day, era, units: list };
      }
      return { on: day, era, units: ofProvince(province).map(({ code, fullName }) => ({ id: code, name: fullName, province, validFrom: TWO_LEVELS_FROM, validUntil: null, successors: [] })) };
    },
    async totals(figure, day, province, scope) {
      try {
        const now = clock.now();
        const sql = figures[figure];
        const counted = await engine.query<{ unit: string; total: number }>(sql, sql.includes('$1') ? [now] : []);
        const own = new Set(ofProvince(province).map(({ code }) => code));
        const totals = new Map(counted.filter(({ unit }) => own.has(unit) && sees(scope, unit, unit)).map(({ unit, total }) => [unit, total]));
        const sum = [...totals.values()].reduce((all, one) => all + one, 0);
        const today = [...totals].map(([id, total]) => ({ id, name: nameOf(id), total, isEstimate: false })).sort((a, b) => b.total - a.total);
        const grouped = eraOn(day) === 'districts' ? regroup(totals, districtsOf(province)) : { rows: today, unplaced: 0 };
        return okay({ at: now, on: day, figure, sum, ...grouped });
      } catch (error) {
        if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
        throw error;
      }
    },
    map(day, province) {
      const wards = wardsOf(province);
      if (!wards) return { on: day, areas: [] };
      const units = eraOn(day) === 'districts' ? districtsOf(province).map(({ id, name, units: codes }) => ({ id, name, codes })) : ofProvince(province).map(({ code, fullName }) => ({ id: code, name: fullName, codes: [code] }));
      return { on: day, areas: units.map(({ id, name, codes }) => ({ id, name, rings: ringsOf(wards, new Set(codes)) })).filter(({ rings }) => rings.length > 0) };
    },
    pilotMap(id) {
      const set = dataSets.find((one) => one.id === id);
      const wards = set && wardsOf(set.province.code);
      if (!set || !wards) return refused('NOT_FOUND');
      const { pilots } = answerOf(set, clock.now());
      const byDistrict = new Map(pilots.map((pilot) => [formerNamed(former, set.province.code, pilot.area)?.id, pilot]));
      const districts = set.districts.flatMap((name) => formerNamed(former, set.province.code, name) ?? []);
      const areas = districts.map((district) => {
        const pilot = byDistrict.get(district.id);
        return { name: pilot?.area ?? district.name, vendor: pilot?.vendor ?? null, level: pilot?.level ?? 'none', text: pilot?.text ?? null, rings: ringsOf(wards, new Set(district.units)) };
      });
      return okay({ id, name: set.name, areas: areas.filter(({ rings }) => rings.length > 0) });
    },
  };
}

/** The common outline of some units: inner borders fall away. */
function ringsOf(wards: Topology, codes: ReadonlySet<string>): Ring[] {
  const [layer] = Object.values(wards.objects) as GeometryCollection[];
  const own = layer!.geometries.filter((one): one is (Polygon | MultiPolygon) & { id: string } => (one.type === 'Polygon' || one.type === 'MultiPolygon') && codes.has((one.properties as { code?: string } | undefined)?.code ?? String(one.id)));
  return merge(wards, own).coordinates.flatMap((polygon) => polygon.map((ring) => ring.map(([lon = 0, lat = 0]): [number, number] => [round(lon), round(lat)])));
}

const round = (degrees: number) => Math.round(degrees * 10_000) / 10_000;
