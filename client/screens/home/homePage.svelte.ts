import type { Me, Page, Readiness } from '#contract/http.ts';
import type { WallProfile } from '#contract/wall.ts';
import { createApi, type Api } from '../../live/api.ts';

const LOOK_EVERY_MS = 5000;

/** What the first page knows: who is here, which walls there are, how the product is. */
export class HomePage {
  me = $state.raw<Me | null>(null);
  walls = $state.raw<readonly WallProfile[]>([]);
  readiness = $state.raw<Readiness | null>(null);
  isReached = $state<boolean | null>(null);
  readonly #api: Api = createApi((...call) => fetch(...call));
  readonly #timer: ReturnType<typeof setInterval>;

  constructor() {
    void this.#start();
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  async signOut(): Promise<void> {
    await this.#api.send('DELETE', '/api/v1/session');
    location.reload();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #start(): Promise<void> {
    await this.#look();
    const me = await this.#api.get<Me | null>('/api/v1/session');
    if (!me.ok || !me.value) return;
    this.me = me.value;
    const walls = await this.#api.get<Page<WallProfile>>('/api/v1/walls');
    if (walls.ok) this.walls = walls.value.items;
  }

  async #look(): Promise<void> {
    const answer = await this.#api.get<Readiness>('/readyz');
    this.isReached = answer.ok;
    if (answer.ok) this.readiness = answer.value;
  }
}
