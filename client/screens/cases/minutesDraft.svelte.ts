/** One conclusion as it is typed. */
export interface ConclusionLine {
  key: number;
  unit: string;
  title: string;
  day: string;
  /** Account of who answers; empty = nobody named. */
  responsible: string;
}

/** Minutes that are being written; they outlive a look at another part of the page. */
export class MinutesDraft {
  number = $state('');
  title = $state('');
  issuer = $state('');
  lines = $state<ConclusionLine[]>([]);
  #made = 0;

  constructor() {
    this.add();
  }

  add(): void {
    this.lines.push({ key: (this.#made += 1), unit: '', title: '', day: '', responsible: '' });
  }

  drop(key: number): void {
    this.lines = this.lines.filter((line) => line.key !== key);
  }

  /** After it was kept; who presided stays. */
  empty(): void {
    this.number = this.title = '';
    this.lines = [];
    this.add();
  }
}
