import type { PurgeReceipt } from '#contract/security.ts';
import type { ReportFile } from './reports.ts';

export type DossierFormat = 'docx' | 'pdf';

/** Papers about how this installation is kept safe. */
export interface DossierPort {
  /** The technical annex of the level dossier, made from the configuration that runs. */
  print(format: DossierFormat): Promise<ReportFile>;
  /** The proof of one purge as PDF. */
  receipt(receipt: PurgeReceipt): Promise<ReportFile>;
}
