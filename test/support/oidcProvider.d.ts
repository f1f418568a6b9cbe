declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  /** The sign-in service of the tests, as far as they use it. */
  export default class Provider {
    constructor(issuer: string, settings: object);
    callback(): RequestListener;
  }
}
