import type { WidgetSource } from './source.ts';

type Choosing = WidgetSource & { readonly presentNow: number };
/** What a page reads otherwise when it looks back. */
export type PresentReadings = Pick<WidgetSource, 'domainNow' | 'topic' | 'sensors' | 'feeds' | 'quality' | 'streets' | 'moving'>;

/** A page as it is now, whatever it shows: for what waits behind the past and must be there the moment it is wanted. */
export function presentSource(page: Choosing, readings: PresentReadings): WidgetSource {
  return new Proxy<WidgetSource>(page, {
    get(_page, key) {
      if (key === 'past') return null;
      if (key === 'now') return page.presentNow;
      if (Object.hasOwn(readings, key)) return readings[key as keyof PresentReadings];
      const value: unknown = Reflect.get(page, key, page);
      return typeof value === 'function' ? value.bind(page) : value;
    },
    set: (_page, key, value) => Reflect.set(page, key, value, page),
  });
}
