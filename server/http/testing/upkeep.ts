import type { Centre } from '#contract/centre.ts';
import { okay } from '#contract/faults.ts';
import type { UpkeepPort } from '../../domain/ports/upkeep.ts';

const CENTRE: Centre = { name: 'Trung tâm thử', province: '48', wall: 'w2x2', hasSample: true, helpDesk: { name: '', phone: '', email: '', hours: '' }, backup: { isOn: true, at: '01:30', keep: 7 }, isSetUp: false };

/** A centre before its first day. */
export function createFakeUpkeep(): UpkeepPort {
  return {
    setup: async () => okay({ centre: CENTRE, provinces: [], walls: [], accounts: 1, sources: 0 }),
    writeCentre: async (_actor, centre) => okay(centre),
    state: async () => okay({ helpDesk: CENTRE.helpDesk, backup: CENTRE.backup, nextBackupAt: null, isWorking: false, fault: null, backups: [], certificates: [], failing: [], licence: 'EUPL-1.2', releaseNotes: [] }),
    backUp: async () => okay(undefined),
    diagnostics: async () => okay({ product: 'toan-canh', version: '0', at: 0, runtime: '', system: {}, feeds: [], connectors: [], backups: [], machine: {}, settings: [] }),
    exportConfiguration: async () => okay({ product: 'toan-canh', centre: CENTRE, connectors: [] }),
    importConfiguration: async (_actor, { connectors }) => okay({ connectors: connectors.length }),
  };
}
