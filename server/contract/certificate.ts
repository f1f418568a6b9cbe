import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable } from '#contract/base.ts';

/** Certificate (with what it was issued by, in any order) and private key, as PEM text. The key goes in and is never read back. */
export const CertificateFiles = Closed({
  certificate: Type.String({ minLength: 1, maxLength: 60_000 }),
  key: Type.String({ minLength: 1, maxLength: 20_000 }),
  /** Of a locked key; the key is kept unlocked, readable by the server only. */
  passphrase: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
export type CertificateFiles = Static<typeof CertificateFiles>;

/** Why files are not taken. */
export const CertificateRefusal = Type.Union([
  Type.Literal('certificate-unreadable'),
  Type.Literal('certificate-is-key'),
  Type.Literal('key-unreadable'),
  Type.Literal('key-is-certificate'),
  Type.Literal('key-locked'),
  Type.Literal('key-passphrase'),
  Type.Literal('key-other'),
  Type.Literal('expired'),
  Type.Literal('not-yet'),
  Type.Literal('no-names'),
  Type.Literal('not-for-servers'),
  Type.Literal('weak'),
]);
export type CertificateRefusal = Static<typeof CertificateRefusal>;

/** What an administrator should know before taking good files into use. `name-missing`: not made for the name this page was opened by. */
export const CertificateWarning = Type.Union([Type.Literal('ends-soon'), Type.Literal('name-missing'), Type.Literal('chain-open'), Type.Literal('own-root'), Type.Literal('left-over')]);
export type CertificateWarning = Static<typeof CertificateWarning>;

/** What a certificate says of itself. `chain`: how many certificates are sent to a browser. */
export const CertificateFacts = Closed({ names: Type.Array(Type.String()), issuer: Type.String(), from: EpochMs, until: EpochMs, fingerprint: Type.String(), chain: Type.Integer() });
export type CertificateFacts = Static<typeof CertificateFacts>;

/** Files as they were judged; taken only without refusals. `facts`: null while no certificate could be read. */
export const CertificateCheck = Closed({ facts: Nullable(CertificateFacts), refusals: Type.Array(CertificateRefusal), warnings: Type.Array(CertificateWarning) });
export type CertificateCheck = Static<typeof CertificateCheck>;

/** With what this server proves itself. `none`: without TLS; `local`: its own authority; `own`: files given here; `files`: files named at its start. */
export const CertificateState = Closed({
  way: Type.Union([Type.Literal('none'), Type.Literal('local'), Type.Literal('own'), Type.Literal('files')]),
  served: Nullable(CertificateFacts),
  /** Given here and not in use yet: from the next start with TLS on. */
  waiting: Nullable(CertificateFacts),
});
export type CertificateState = Static<typeof CertificateState>;
