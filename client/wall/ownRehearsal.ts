import type { WallState } from '#contract/wall.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { Reading, StateOf, WidgetSource } from '../live/source.ts';

const runOf = (thing: unknown): string | null => (typeof thing === 'object' && thing !== null && 'rehearsal' in thing && typeof thing.rehearsal === 'string' ? thing.rehearsal : null);

/** Without what rehearsals other than `run` made up; the same list when there is nothing of the kind. */
export function withoutOthers<Item>(items: readonly Item[], run: string | null): readonly Item[] {
  const isOthers = (item: Item): boolean => ![null, run].includes(runOf(item));
  return items.some(isOthers) ? items.filter((item) => !isOthers(item)) : items;
}

/** The rehearsal a wall takes part in; null when it shows the city as it is. */
export const rehearsalOf = (shown: Pick<WallState, 'story'> | null): string | null => (shown?.story?.isRehearsal ? shown.story.run : null);

/** What the widgets of one wall read: a rehearsal is seen, and counted, only on the walls that say DIỄN TẬP. */
export function ownRehearsal(source: WidgetSource, run: () => string | null): WidgetSource {
  const kept = new Map<string, { items: readonly unknown[]; run: string | null; own: readonly unknown[] }>();
  const reading = <Item>(name: string, of: () => Reading<Item>): Reading<Item> => ({
    get items() {
      const asked = { items: of().items, run: run() };
      const known = kept.get(name);
      if (known?.items === asked.items && known.run === asked.run) return known.own as readonly Item[];
      const own = withoutOthers(asked.items, asked.run);
      kept.set(name, { ...asked, own });
      return own;
    },
    get isReady() {
      return of().isReady;
    },
    get fault() {
      return of().fault;
    },
  });
  const topics = new Map<LoggedTopic, Reading<unknown>>();
  const sensors = reading('sensors', () => source.sensors());
  const own: Pick<WidgetSource, 'topic' | 'sensors'> = {
    topic<N extends LoggedTopic>(name: N) {
      source.topic(name);
      const known = topics.get(name) ?? reading(`topic ${name}`, () => source.topic(name) as Reading<unknown>);
      topics.set(name, known);
      return known as Reading<StateOf<N>>;
    },
    sensors() {
      source.sensors();
      return sensors;
    },
  };
  return new Proxy(source, {
    get(target, key) {
      if (key === 'topic' || key === 'sensors') return own[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
