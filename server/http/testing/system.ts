import type { SystemPort } from '../../domain/ports/system.ts';

/** An embedded installation in good health that started at `now`. */
export function createFakeSystem(now: number): SystemPort {
  return {
    look: async () => ({
      runtime: 'Node.js 24',
      startedAt: now,
      clock: { realAt: now, domainAt: now, rate: 1, isReal: true },
      store: { kind: 'embedded', state: 'ready', server: '18.0', postgis: '3.6', restarts: 0, lastFault: null, lastSnapshotAt: null, copy: null },
      disk: { freeBytes: 50_000_000_000, totalBytes: 100_000_000_000, fullAt: null },
      memoryBytes: 200_000_000,
      map: { attribution: '© OpenStreetMap contributors', limits: [], origins: [{ from: 'wards', licence: 'states no data licence', hasLicence: false, files: 1 }] },
      nodes: [{ id: 'n1', name: 'may-1:8080', version: '0.1.0', startedAt: now, isThis: true, isOnDuty: true, lostSince: null }],
      line: 'alone',
      above: null,
      ills: [],
    }),
  };
}
