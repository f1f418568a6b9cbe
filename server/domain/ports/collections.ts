import type { Outcome } from '#contract/faults.ts';
import type { Page } from '#contract/http.ts';
import type { Scope } from '../scope.ts';

/** Filters of a list as they come from a query string, already checked by the route's schema. */
export interface ListQuery {
  limit: number;
  cursor?: string | undefined;
  /** [west, south, east, north] */
  bbox?: [number, number, number, number] | undefined;
  /** As of this moment. Units: epoch ms. */
  at?: number | undefined;
  /** Free text, found without diacritics. */
  q?: string | undefined;
  state?: string | undefined;
  unit?: string | undefined;
  kind?: string | undefined;
  level?: number | undefined;
  overdue?: boolean | undefined;
  source?: string | undefined;
  /** Also what rehearsals made; without it a list is of the real city only. */
  withRehearsals?: boolean | undefined;
}

/** Reading of a collection through its scope. */
export interface CollectionPort {
  names(): readonly string[];
  /** Fails: NOT_FOUND, REQUEST_QUERY, STORE_UNAVAILABLE. */
  list(collection: string, query: ListQuery, scope: Scope): Promise<Outcome<Page>>;
  get(collection: string, id: string, scope: Scope): Promise<Outcome<unknown>>;
}

/** Cameras by place. */
export interface CameraSearchPort {
  near(position: [number, number], limit: number, scope: Scope): Promise<Outcome<{ camera: unknown; distanceM: number }[]>>;
  /** Cameras whose view cone contains the point, nearest first. */
  seeing(position: [number, number], limit: number, scope: Scope): Promise<Outcome<{ camera: unknown; distanceM: number }[]>>;
}
