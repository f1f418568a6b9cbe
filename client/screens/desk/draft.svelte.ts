import type { WrittenDeed } from './deeds.ts';

/** What a person has written about one thing and not sent yet; it outlives faults, lost connections and a look at something else. */
export class Draft {
  open = $state<WrittenDeed | null>(null);
  unit = $state('');
  unitWords = $state('');
  note = $state('');
  due = $state('');
  reason = $state('');
  until = $state('');

  clear(): void {
    this.open = null;
    this.unit = this.unitWords = this.note = this.due = this.reason = this.until = '';
  }
}
