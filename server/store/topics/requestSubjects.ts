import type { HandlingRequestItem } from '#contract/topics/handlingRequest.ts';
import type { PassedItem } from '../../domain/door/doorStore.ts';
import type { FoundSubject } from '../../domain/door/revise/handlingRequest.ts';
import type { Tx } from '../engine/engine.ts';
import { THING_TABLES } from './tables.ts';

type About = NonNullable<HandlingRequestItem['about']>;
type AnyState = FoundSubject & { id: string; title?: string; description?: string; name?: string; values?: { title?: string; code?: string; procedure?: string } };

const TITLE_LENGTH = 300;

/** Name of what a request points at. */
export const subjectKey = ({ topic, ref }: About): string => `${topic} ${ref}`;

/** Finds what the requests of a batch are about, by the reference their source knows; its own things come before others'. */
export async function findSubjects(tx: Tx, source: string, items: readonly PassedItem<HandlingRequestItem>[]): Promise<Map<string, FoundSubject>> {
  const found = new Map<string, FoundSubject>();
  const abouts = items.flatMap(({ item }) => (item.about ? [item.about] : []));
  for (const topic of new Set(abouts.map((about) => about.topic))) {
    const table = THING_TABLES[topic];
    const refs = abouts.filter((about) => about.topic === topic).map(({ ref }) => ref);
    const isTopic = table.table === 'record' ? 'and t.topic = $3' : 'and $3::text is not null';
    const rows = await tx.query(
      `select ${table.selects} from ${table.table} t where t.ref = any($1) ${isTopic} order by (t.source = $2), t.n`,
      [refs, source, topic],
    );
    for (const row of rows) {
      const state = table.toState(row) as unknown as AnyState & { ref: string };
      found.set(subjectKey({ topic, ref: state.ref }), {
        about: { topic, id: state.id, title: titleOf(state).slice(0, TITLE_LENGTH) },
        level: state.level ?? null,
        position: state.position ?? null,
        ward: state.ward,
      });
    }
  }
  return found;
}

function titleOf({ id, title, description, name, values }: AnyState): string {
  return title ?? description ?? name ?? values?.title ?? values?.code ?? values?.procedure ?? id;
}
