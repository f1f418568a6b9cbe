import type { ReportFile } from './reports.ts';

export type DossierFormat = 'docx' | 'pdf';

/** The technical annex of the level dossier, made from the configuration that runs. */
export interface DossierPort {
  print(format: DossierFormat): Promise<ReportFile>;
}
