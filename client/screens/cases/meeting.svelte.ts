import type { Fault, Outcome } from '#contract/faults.ts';
import type { AgendaAnswer, Minutes, TraceAnswer } from '#contract/meeting.ts';
import type { AssignmentPerson } from '#contract/people.ts';
import type { AccountabilityAnswer, NewCampaign } from '#contract/topics/campaign.ts';
import type { NewDirective } from '#contract/topics/directive.ts';
import { Answer } from '../../live/answer.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';

/** The weekly meeting, directives and campaigns. */
export class Meeting {
  /** What is under way; an assignment whose person is being chosen by its id. */
  busy = $state<string | null>(null);
  refusal = $state.raw<Fault | null>(null);
  personRefusal = $state.raw<{ assignment: string; fault: Fault } | null>(null);
  campaign = $state<string | null>(null);
  readonly agenda: Answer<AgendaAnswer>;
  readonly trace: Answer<TraceAnswer>;
  readonly accountable: Answer<AccountabilityAnswer>;
  readonly live: Live;

  constructor(live: Live) {
    this.live = live;
    this.agenda = new Answer(live.api, () => '/api/v1/meetings/agenda');
    this.trace = new Answer(live.api, () => '/api/v1/directives/trace');
    this.accountable = new Answer(live.api, () => (this.campaign === null ? null : `/api/v1/campaigns/${this.campaign}/accountable`));
    for (const answer of [this.agenda, this.trace]) void answer.load();
  }

  show(id: string | null): void {
    this.campaign = id;
    void this.accountable.load();
  }

  keepMinutes(minutes: Minutes): Promise<boolean> {
    return this.#send('minutes', '/api/v1/meetings/minutes', minutes);
  }

  addDirective(directive: NewDirective): Promise<boolean> {
    return this.#send('directive', '/api/v1/directives', directive);
  }

  beginCampaign(campaign: NewCampaign): Promise<boolean> {
    return this.#send('campaign', '/api/v1/campaigns', campaign);
  }

  /** Names who answers for an assignment; true when the server did it. */
  async choosePerson(assignment: string, account: string | null): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = assignment;
    const answer = await this.live.api.send<AssignmentPerson>('PUT', `/api/v1/assignments/${assignment}/responsible`, { account });
    this.busy = null;
    this.personRefusal = answer.ok ? null : { assignment, fault: answer.fault };
    if (answer.ok) await this.trace.load();
    return answer.ok;
  }

  close(): void {
    for (const answer of [this.agenda, this.trace, this.accountable]) answer.close();
  }

  async #send(busy: 'minutes' | 'directive' | 'campaign', path: string, body: unknown): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = busy;
    this.refusal = null;
    const answer: Outcome<unknown> = await this.live.api.send('POST', path, body);
    this.busy = null;
    if (!answer.ok) this.refusal = answer.fault;
    for (const one of [this.agenda, this.trace]) one.refresh();
    return answer.ok;
  }
}
