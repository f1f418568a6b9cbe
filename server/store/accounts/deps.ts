import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import type { Seal } from '../topics/seal.ts';
import type { Hasher } from './hasher.ts';
import type { SecretBytes } from './secrets.ts';
import type { SettingsStore } from './settings.ts';

export interface AccountsDeps {
  engine: Engine;
  clock: Clock;
  log: Log;
  /** 32 bytes kept outside the store: they seal the keys of one-time codes. */
  sealKey: Uint8Array;
  secretBytes?: SecretBytes;
  hasher?: Hasher;
}

/** What every part of the accounts stands on. */
export interface AccountsParts {
  engine: Engine;
  log: Log;
  /** Real time. */
  now(): number;
  secretBytes: SecretBytes;
  hasher: Hasher;
  seal: Seal;
  settings: SettingsStore;
}
