/** How a unit stands to the one who asks. */
export type Relation = 'own' | 'sibling' | 'parent';
export const RELATIONS: readonly Relation[] = ['own', 'sibling', 'parent'];

/** Two wards of one city, and the city above them. */
export const UNIT: Readonly<Record<Relation, string>> = { own: '20242', sibling: '20257', parent: '48' };

/** A word that stands in every text of a unit and nowhere else. */
export const CANARY: Readonly<Record<Relation, string>> = { own: 'hoangyen', sibling: 'chimsau', parent: 'bocauxam' };

/** Names the units whose words stand in a text. */
export const wordsIn = (text: string): Relation[] => RELATIONS.filter((relation) => text.toLowerCase().includes(CANARY[relation]));
