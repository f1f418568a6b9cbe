/** Page of Decree 30/2020/NĐ-CP, appendix I: A4; top and bottom 20–25 mm, left 30–35, right 15–20. Units: twips (1/20 pt). */
export const PAGE = { width: 11906, height: 16838, top: 1134, bottom: 1134, left: 1701, right: 1133, header: 567 } as const;

/** Sizes of the parts, within the ranges of the same appendix. Units: pt. */
export const SIZE = { nation: 13, motto: 13, issuer: 13, number: 13, place: 13, name: 14, summary: 14, letterSummary: 12, body: 14, signer: 14, recipientsLabel: 12, recipients: 11, page: 13, table: 11, annex: 10 } as const;

export const FONT = 'Tinos';

export const pointsOf = (twips: number): number => twips / 20;
/** Width between the margins. Units: pt. */
export const BODY_WIDTH = pointsOf(PAGE.width - PAGE.left - PAGE.right);
