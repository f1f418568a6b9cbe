import { FAULTS, type FaultCode } from '#contract/faults.ts';
import type { Api } from '../../live/api.ts';
import type { Draft } from './draft.ts';

/** Something the search found. */
export interface Hit {
  id: string;
  name: string;
  position?: [number, number];
}

type Note = 'locating' | 'locateDenied' | 'locateFailed' | 'noHits';

/** Where it is: by position, by map, or by name. */
export class PlaceChooser {
  hits = $state.raw<readonly Hit[]>([]);
  note = $state<Note | null>(null);
  fault = $state.raw<FaultCode | null>(null);
  isMapOpen = $state(false);
  readonly #api: Api;
  readonly #draft: () => Draft;

  constructor(api: Api, draft: () => Draft) {
    this.#api = api;
    this.#draft = draft;
  }

  locate(): void {
    this.note = 'locating';
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => void this.choose([coords.longitude, coords.latitude]),
      (error) => void (this.note = error.code === error.PERMISSION_DENIED ? 'locateDenied' : 'locateFailed'),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  }

  /** Takes a place; a place nobody here is responsible for is said at once and not kept. */
  async choose([lon, lat]: [number, number], name = ''): Promise<void> {
    const position: [number, number] = [Number(lon.toFixed(6)), Number(lat.toFixed(6))];
    this.note = null;
    this.hits = [];
    const answer = await this.#api.get<{ wardName: string }>(`/api/v1/report/place?lon=${position[0]}&lat=${position[1]}`);
    this.fault = !answer.ok && answer.fault.code === 'REPORT_PLACE' ? 'REPORT_PLACE' : null;
    if (this.fault) return;
    const draft = this.#draft();
    draft.position = position;
    draft.placeName = [name, answer.ok ? answer.value.wardName : ''].filter(Boolean).join(', ');
  }

  /** Nothing found or refused for one report is said of the next. */
  forget(): void {
    this.hits = [];
    this.note = null;
    this.fault = null;
  }

  clear(): void {
    const draft = this.#draft();
    draft.position = null;
    draft.placeName = '';
    this.fault = null;
  }

  async search(): Promise<void> {
    const text = this.#draft().address.trim();
    if (text === '') return;
    const answer = await this.#api.get<{ items: Hit[] }>(`/geo/search?limit=6&q=${encodeURIComponent(text.slice(0, 200))}`);
    this.hits = answer.ok ? answer.value.items.filter(({ position }) => position !== undefined) : [];
    this.note = this.hits.length === 0 ? 'noHits' : null;
  }

  words(language: 'vi' | 'en'): string | null {
    return this.fault ? FAULTS[this.fault][language] : null;
  }
}
