import { Document, parseDocument } from 'yaml';
import type { LayoutKind } from './schema.ts';
import { foldVariants, wholeLayout } from './variants.ts';

/** From which version a file was brought, to which. A `from` above `to` is a version that only a newer program knows. */
export interface Upgrade {
  from: number;
  to: number;
}

/** Brings the form of a document one version further, in place, so that comments stay. It meets documents nobody checked; what it does not understand it leaves for the check to refuse. */
export type Step = (document: Document) => void;

/** The steps of each kind in order; the first leads from version 1 to 2. A step that was shipped is never changed. */
const STEPS: Record<LayoutKind, readonly Step[]> = {
  wall: [],
  scene: [foldVariants],
  tour: [],
  rule: [],
  salvo: [],
  stage: [foldVariants],
  scenario: [],
};

/** The version of a kind that is written now. */
export const versionOf = (kind: LayoutKind): number => STEPS[kind].length + 1;

/** Brings a document to the version that is written now. Returns undefined for one that has it, or that tells none; one of a newer version stays as it is. */
export function upgradeLayout(kind: LayoutKind, document: Document, steps = STEPS[kind]): Upgrade | undefined {
  const from: unknown = document.get('schema');
  const to = steps.length + 1;
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 1 || from === to) return undefined;
  for (const step of steps.slice(from - 1)) step(document);
  if (from < to) document.set('schema', to);
  return { from, to };
}

/** A layout as it was stored when it was checked, in today's form. Fails: undefined for one that a newer program wrote. */
export function upgradeStored<T>(kind: LayoutKind, spec: unknown): T | undefined {
  const document = new Document(spec, { aliasDuplicateObjects: false });
  const upgrade = upgradeLayout(kind, document);
  if (!upgrade) return spec as T;
  if (upgrade.from > upgrade.to) return undefined;
  return wholeLayout(kind, document.toJS(), () => undefined) as T;
}

/** A file in today's form, its comments kept. Returns undefined where nothing is to be brought up. */
export function upgradeText(kind: LayoutKind, text: string): { text: string; upgrade: Upgrade } | undefined {
  const document = parseDocument(text);
  const upgrade = document.errors.length === 0 ? upgradeLayout(kind, document) : undefined;
  return upgrade && upgrade.from < upgrade.to ? { text: document.toString({ lineWidth: 0 }), upgrade } : undefined;
}
