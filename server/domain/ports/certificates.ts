import type { CertificateCheck, CertificateFiles, CertificateState } from '#contract/certificate.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';

/** The certificate that pages are served with. */
export interface CertificatesPort {
  state(): CertificateState;
  /** Judges files and keeps nothing. `reachedAs`: the name by which the administrator reached this server. */
  check(files: CertificateFiles, reachedAs: string): CertificateCheck;
  /** Takes files into use; new connections get them at once, open ones stay. Fails: CERTIFICATE_REFUSED, CERTIFICATE_ELSEWHERE, STORE_FULL; what was served before goes on. */
  keep(actor: Principal, files: CertificateFiles, reachedAs: string): Promise<Outcome<CertificateState>>;
  /** Back to what was before files were given. Fails: NOT_FOUND. */
  drop(actor: Principal): Promise<Outcome<CertificateState>>;
  /** Root of the own authority while it is the one in use, PEM. */
  localRoot(): string | undefined;
}
