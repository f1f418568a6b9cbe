import type { CertificateCheck, CertificateRefusal, CertificateState } from '#contract/certificate.ts';
import { Answer } from '../../../live/answer.svelte.ts';
import type { Api } from '../../../live/api.ts';
import { Sending } from '../sending.svelte.ts';

const AT = '/api/v1/security/certificate';
const OF_KEY: ReadonlySet<CertificateRefusal> = new Set(['key-unreadable', 'key-is-certificate', 'key-locked', 'key-passphrase', 'key-other']);

/** Certificate files on their way: typed, judged by the server, taken into use. What was typed leaves with success only. */
export class CertificateDesk {
  certificate = $state('');
  key = $state('');
  passphrase = $state('');
  /** What the server said of just these files; null once anything was changed. */
  check = $state.raw<CertificateCheck | null>(null);
  readonly state: Answer<CertificateState>;
  readonly sending = new Sending();
  readonly #api: Api;
  readonly ofKey: CertificateRefusal[] = $derived.by(() => (this.check?.refusals ?? []).filter((refusal) => OF_KEY.has(refusal)));
  readonly ofCertificate: CertificateRefusal[] = $derived.by(() => (this.check?.refusals ?? []).filter((refusal) => !OF_KEY.has(refusal)));
  readonly isGood: boolean = $derived(this.check !== null && this.check.refusals.length === 0);

  constructor(api: Api) {
    this.#api = api;
    this.state = new Answer(api, () => AT);
  }

  changed(): void {
    this.check = null;
  }

  async judge(): Promise<void> {
    this.check = (await this.sending.run(() => this.#api.send<CertificateCheck>('POST', `${AT}/check`, this.#files()))) ?? null;
  }

  /** True once it is in use, or kept for the next start. */
  async keep(): Promise<boolean> {
    const kept = await this.sending.run(() => this.#api.send<CertificateState>('PUT', AT, this.#files()));
    if (kept === undefined) return false;
    this.certificate = this.key = this.passphrase = '';
    this.check = null;
    void this.state.load();
    return true;
  }

  async drop(): Promise<boolean> {
    const dropped = await this.sending.run(() => this.#api.send<CertificateState>('DELETE', AT));
    void this.state.load();
    return dropped !== undefined;
  }

  #files() {
    return { certificate: this.certificate, key: this.key, ...(this.passphrase === '' ? {} : { passphrase: this.passphrase }) };
  }

  close(): void {
    this.state.close();
  }
}
