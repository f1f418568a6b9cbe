import { DateTime } from 'luxon';
import type { PurgeReceipt } from '#contract/security.ts';
import type { DossierPort } from '../domain/ports/dossier.ts';
import { readFonts } from './fonts.ts';
import type { Paper } from './paper.ts';
import { printPdf } from './pdf.ts';
import words from './purgeReceipt.vi.json' with { type: 'json' };
import type { ReportSettings } from './settings.ts';
import { filled, paragraph } from './writer.ts';

const HASH_PIECE = /(.{16})(?=.)/g;
const local = (at: number) => DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' });
const momentOf = (at: number) => local(at).toFormat('HH:mm dd/MM/yyyy');

/** The proof of one purge as a paper that is filed. */
export function purgeReceiptPaper({ id, at, what, before, rows, hash, by, byName, reason }: PurgeReceipt, settings: ReportSettings): Paper {
  const values: Record<keyof typeof words.rows, string> = {
    what: words.what[what],
    before: momentOf(before),
    rows: rows.toLocaleString('vi'),
    at: momentOf(at),
    by: by === 'system' ? words.system : byName === null ? by : `${byName} (${by})`,
    reason: reason ?? words.daily,
    hash: hash.replaceAll(HASH_PIECE, '$1 '),
  };
  const fields = Object.keys(words.rows) as (keyof typeof words.rows)[];
  const none = { kind: 'table' as const, caption: null, header: [], rows: [], widths: [] };
  return {
    form: 'report', parent: settings.parent, issuer: settings.issuer, number: filled(words.number, { id }),
    dated: filled(words.dated, { place: settings.place, day: local(at).toFormat('dd'), month: local(at).toFormat('MM'), year: local(at).toFormat('yyyy') }),
    name: words.name, summary: words.summary, addressees: [], recipients: words.recipients, authority: settings.authority, position: settings.position,
    body: [paragraph(words.opening), { ...none, header: words.header, rows: fields.map((field) => [words.rows[field], values[field]]), widths: [35, 65] }, paragraph(words.proof)],
    annex: none, hash: null, isDraft: false, at,
  };
}

/** Prints proofs of purges under the head of this installation. */
export function createPurgeReceipts(readSettings: () => ReportSettings): Pick<DossierPort, 'receipt'> {
  return {
    async receipt(receipt) {
      return { name: filled(words.file, { id: receipt.id }), contentType: 'application/pdf', body: await printPdf(purgeReceiptPaper(receipt, readSettings()), await readFonts()) };
    },
  };
}
