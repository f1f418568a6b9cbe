import type { FeedbackProcess } from '#contract/topics/feedback.ts';
import type { Deed } from './deeds.ts';

/** What a person has written about one thing and not sent yet; it outlives faults, lost connections and a look at something else. */
export class Draft {
  open = $state<Deed | null>(null);
  service = $state('');
  process = $state<FeedbackProcess>('timed');
  unit = $state('');
  unitWords = $state('');
  note = $state('');
  due = $state('');
  reason = $state('');
  until = $state('');
  of = $state('');
  media = $state.raw<readonly string[]>([]);

  clear(): void {
    this.open = null;
    this.service = this.unit = this.unitWords = this.note = this.due = this.reason = this.until = this.of = '';
    this.process = 'timed';
    this.media = [];
  }
}
