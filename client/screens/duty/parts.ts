import type { Role } from '#contract/roles.ts';

/** Parts of the page, in the order of its tabs. */
export const PARTS = ['load', 'log', 'figures', 'traffic', 'rules', 'procedures', 'import', 'notices'] as const;
export type Part = (typeof PARTS)[number];

const FOR_OPERATORS: ReadonlySet<Part> = new Set(['log', 'rules', 'import']);

/** The parts a person may open. */
export const partsOf = (roles: readonly Role[]): Part[] => {
  const isOperator = roles.includes('operator') || roles.includes('admin');
  return PARTS.filter((part) => isOperator || !FOR_OPERATORS.has(part));
};
