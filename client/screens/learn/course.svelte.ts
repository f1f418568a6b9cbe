import type { TrainingRecord } from '#contract/scenario.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import tours from './tours.json';

export type Role = keyof typeof tours;
export const ROLES = Object.keys(tours) as Role[];
const OF_ROLE = 'vai-tro-';
const PLACE = 'toan-canh.learn';

/** What was finished, in words: a tour of a role, or a course. */
export function nameOf({ course, name }: Pick<TrainingRecord, 'course' | 'name'>, language: 'vi' | 'en'): string {
  const role = ROLES.find((one) => course === `${OF_ROLE}${one}`);
  return (role ? tours[role].name : name)[language];
}

/** One guided tour under way, and who finished which. The place in each is kept on this device, so that leaving loses nothing. */
export class Course {
  role = $state<Role | null>(null);
  index = $state(0);
  isFinished = $state(false);
  records = $state.raw<readonly TrainingRecord[] | null>(null);
  isRefused = $state(false);
  readonly acting: Acting;
  readonly #live: Live;
  readonly tour = $derived(this.role === null ? null : tours[this.role]);
  readonly step = $derived(this.tour?.steps[this.index]);
  /** When the reader last finished each tour. */
  readonly doneAt = $derived(new Map(ROLES.flatMap((role) => (this.records ?? []).filter(({ course, isMine }) => isMine && course === `${OF_ROLE}${role}`).slice(0, 1).map(({ completedAt }) => [role, completedAt] as const))));
  readonly isLast: boolean = $derived(this.tour !== null && this.index >= this.tour.steps.length - 1);

  constructor(live: Live, role: string | undefined) {
    this.#live = live;
    this.acting = new Acting(live);
    const wanted = ROLES.find((one) => one === (role ?? localStorage.getItem(PLACE)));
    if (wanted) this.begin(wanted);
    void this.load();
  }

  /** Begins a tour, or goes on where it was left. */
  begin(role: Role): void {
    this.role = role;
    this.isFinished = false;
    this.#go(Math.min(Number(localStorage.getItem(`${PLACE}.${role}`)) || 0, tours[role].steps.length - 1));
  }

  go(by: 1 | -1): void {
    this.#go(Math.max(0, this.index + by));
  }

  async finish(): Promise<void> {
    const { role, tour } = this;
    if (!role || !tour) return;
    const done = await this.acting.send('training.finish', { course: `${OF_ROLE}${role}`, score: tour.steps.length, outOf: tour.steps.length });
    if (!done) return;
    this.isFinished = true;
    localStorage.removeItem(PLACE);
    localStorage.removeItem(`${PLACE}.${role}`);
    await this.load();
  }

  async load(): Promise<void> {
    const answer = await this.#live.api.get<{ items: TrainingRecord[] }>('/api/v1/trainings');
    if (answer.ok) this.records = answer.value.items;
    this.isRefused = !answer.ok && answer.fault.code.startsWith('AUTH_');
  }

  #go(index: number): void {
    this.index = index;
    localStorage.setItem(PLACE, this.role ?? '');
    localStorage.setItem(`${PLACE}.${this.role ?? ''}`, String(index));
  }
}
