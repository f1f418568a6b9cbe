/** What is written about one step of a procedure and not sent yet. */
export class StepDraft {
  words = $state('');
  answer = $state('');
  media = $state.raw<readonly string[]>([]);

  clear(): void {
    this.words = this.answer = '';
    this.media = [];
  }
}
