import { expect, test } from 'vitest';
import { SECURITY_DEFAULTS } from '../domain/account/securitySettings.ts';
import { createLevelDossier, levelDossier, openPoints, type DossierFacts } from './levelDossier.ts';
import shipped from './settings.vi.json' with { type: 'json' };

const FACTS: DossierFacts = {
  at: Date.parse('2026-11-22T03:00:00Z'), version: '0.1.0', address: 'https://10.0.0.5:8443', port: 8443, databasePort: 5433, hasRedis: false,
  state: { isTls: true, isLoopback: false, withoutCode: 0, openSessions: 4, walls: 2, guests: 1, keys: 3, signedHead: { n: 77, hash: 'x', at: Date.parse('2026-11-22T02:55:00Z'), signature: 's' }, clockOffsetMs: 12, syslog: 'sending', rowSecurity: true },
  rules: { ...SECURITY_DEFAULTS, codeRoles: ['admin', 'unit-officer'], lockAfter: 4, keepAuditDays: 400, syslog: { host: 'log.example', port: 6515, ca: '' } },
  service: { isOn: true, name: 'Tài khoản công vụ', issuer: 'https://sso.example/realm', clientId: 'ioc', groupsClaim: 'groups', grants: [] },
  settings: shipped,
};
const textOf = (facts: DossierFacts) => JSON.stringify(levelDossier(facts).body);

test('the dossier says what is configured: ports, flows, measures, keeping', () => {
  const text = textOf(FACTS);
  for (const said of ['8443', '5433', 'sso.example', 'log.example', '6515', 'quản trị, cán bộ đơn vị', 'Sau 4 lần', '"400"', 'dòng 77, 09:55 22/11/2026', '12 ms', 'Sau cổng một chiều']) expect(text).toContain(said);
  expect(text).not.toMatch(/\{\w+\}/);
  expect(openPoints(FACTS)).toEqual([]);
});

test('what is open is named, each thing by itself', () => {
  const open = (state: Partial<DossierFacts['state']>, more: Partial<DossierFacts> = {}) => openPoints({ ...FACTS, ...more, state: { ...FACTS.state, ...state } });
  expect(open({ isTls: false })).toEqual([expect.stringContaining('chứng thư TLS')]);
  expect(open({ withoutCode: 3 })).toEqual([expect.stringContaining('3 tài khoản')]);
  expect(open({ rowSecurity: false })).toHaveLength(1);
  expect(open({ syslog: 'failing' })).toHaveLength(1);
  expect(open({ clockOffsetMs: -2500 })).toHaveLength(1);
  expect(open({ signedHead: null })).toHaveLength(1);
  expect(open({}, { databasePort: null, rules: SECURITY_DEFAULTS })).toHaveLength(2);
});

test('it is printed as DOCX and as PDF', async () => {
  const dossier = createLevelDossier(async () => FACTS);
  const [docx, pdf] = [await dossier.print('docx'), await dossier.print('pdf')];
  expect([docx.body.subarray(0, 2).toString(), pdf.body.subarray(0, 5).toString()]).toEqual(['PK', '%PDF-']);
  expect(docx.name).toBe('ho-so-de-xuat-cap-do.docx');
});
