import { expect, it } from 'vitest';
import type { Procedure } from '#contract/procedure.ts';
import { coverageOf } from './coverage.ts';

const name = (words: string) => ({ vi: words, en: words });
const procedure = (code: string, kinds: Procedure['kinds'], state: Procedure['state'] = 'in-force', version = 1) => ({ code, title: `Quy trình ${code}`, version, kinds, state });
const SERVICES = [
  { id: 'environment', name: name('Môi trường'), alertKinds: ['flood', 'environment', 'unheard-of'] },
  { id: 'document-management', name: name('Văn bản'), alertKinds: [] },
];
const RULES = [{ code: 'mua-lon', name: 'Mưa rất to', kind: 'flood' as const, isOn: false }, { code: 'un-tac', name: 'Ùn tắc', kind: 'congestion' as const, isOn: true }];

it('says for every kind of a service what is in force and which rules look for it', () => {
  const [environment, documents] = coverageOf(SERVICES, [procedure('ngap-ung', ['flood'], 'withdrawn'), procedure('ngap-ung', ['flood'], 'in-force', 2), procedure('bao', ['flood'], 'draft'), procedure('chay', ['fire'])], RULES);
  expect(environment!.kinds).toEqual([
    { kind: 'flood', procedures: [{ code: 'ngap-ung', title: 'Quy trình ngap-ung', version: 2 }], rules: [{ code: 'mua-lon', name: 'Mưa rất to', isOn: false }] },
    { kind: 'environment', procedures: [], rules: [] },
  ]);
  expect(documents).toEqual({ service: 'document-management', name: name('Văn bản'), kinds: [] });
});
