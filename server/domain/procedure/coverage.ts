import type { AlertRule } from '#contract/alertRule.ts';
import type { Procedure, ServiceCoverage } from '#contract/procedure.ts';
import type { ServiceState } from '#contract/service.ts';
import { AlertKind } from '#contract/topics/alert.ts';

type Service = Pick<ServiceState, 'id' | 'name' | 'alertKinds'>;
type Known = Pick<Procedure, 'code' | 'title' | 'version' | 'kinds' | 'state'>;
type Rule = Pick<AlertRule, 'code' | 'name' | 'kind' | 'isOn'>;

const KINDS = AlertKind.anyOf.map(({ const: kind }) => kind);

/** Which procedures in force and which rules each service has for each kind of alert it answers for. */
export function coverageOf(services: readonly Service[], procedures: readonly Known[], rules: readonly Rule[]): ServiceCoverage[] {
  const inForce = procedures.filter(({ state }) => state === 'in-force');
  return services.map(({ id, name, alertKinds }) => ({
    service: id,
    name,
    kinds: KINDS.filter((kind) => alertKinds.includes(kind)).map((kind) => ({
      kind,
      procedures: inForce.filter(({ kinds }) => kinds.includes(kind)).map(({ code, title, version }) => ({ code, title, version })),
      rules: rules.filter((rule) => rule.kind === kind).map(({ code, name: title, isOn }) => ({ code, name: title, isOn })),
    })),
  }));
}
