import { okay, refused } from '#contract/faults.ts';
import type { CertificatesPort } from '../../domain/ports/certificates.ts';

/** A server without TLS that takes no files. */
export const fakeCertificates: CertificatesPort = {
  state: () => ({ way: 'none', served: null, waiting: null }),
  check: () => ({ facts: null, refusals: ['certificate-unreadable'], warnings: [] }),
  keep: async () => refused('CERTIFICATE_REFUSED'),
  drop: async () => okay({ way: 'none', served: null, waiting: null }),
  localRoot: () => undefined,
};
