import { isOn } from '../domain/service/moves.ts';
import { byOrder } from '../domain/service/pack.ts';
import type { ReportedService } from '../reports/weekly.ts';
import type { Standings } from '../store/services/standings.ts';
import type { ServiceFolders } from './catalogue.ts';

/** Services that are on, in the order of the letters: the official ones, those on trial, those that follow. */
export function reportedServices(folders: Pick<ServiceFolders, 'packs' | 'written'>, standings: Pick<Standings, 'now'>): ReportedService[] {
  const indicators = [...folders.written().indicators.values()];
  return [...folders.packs()]
    .map(([id, pack]) => ({ id, pack, standing: standings.now(id, pack) }))
    .filter(({ pack, standing }) => isOn(pack, standing))
    .sort((a, b) => byOrder(a.pack, b.pack))
    .map(({ id, pack, standing }) => ({
      id, standing, figures: pack.reportFigures, name: pack.group === 'trial' ? `${pack.name.vi} (thử nghiệm)` : pack.name.vi,
      codes: new Set(indicators.filter(({ service }) => service === id).map(({ code }) => code)),
    }));
}
