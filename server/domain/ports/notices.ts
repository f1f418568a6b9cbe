import type { Outcome } from '#contract/faults.ts';
import type { Notice, NoticeChannel, NoticeReceipt, NoticeWish, QuietHours } from '#contract/notice.ts';
import type { Scope } from '../scope.ts';

/** One message on its way out. `id` stays the same however often it is tried. */
export interface OutgoingMessage {
  id: string;
  address: string;
  kind: string;
  title: string;
  isUrgent: boolean;
  at: number;
}

/** A way out of the building. `isRepeatable`: the other side knows the id, so sending again is harmless. */
export interface Channel {
  name: NoticeChannel;
  isRepeatable: boolean;
  /** Resolves once the other side has taken it. Fails: throws with why not. */
  send(message: OutgoingMessage): Promise<void>;
  close?(): void;
}

/** The ways out that are open now, and the quiet hours of the house. Both may change while the product runs. */
export interface NoticeWays {
  names(): readonly NoticeChannel[];
  quiet(): QuietHours | null;
}

/** What people are told, how they want it, and whether it reached them. */
export interface NoticesPort {
  list(account: string, limit: number): Promise<Outcome<{ items: Notice[]; unread: number }>>;
  /** Fails: NOT_FOUND. */
  read(account: string, id: string): Promise<Outcome<Notice>>;
  readAll(account: string): Promise<Outcome<void>>;
  wish(account: string): Promise<Outcome<{ wish: NoticeWish; channels: NoticeChannel[]; houseQuiet: QuietHours | null }>>;
  setWish(account: string, wish: NoticeWish): Promise<Outcome<NoticeWish>>;
  /** Who was told about a thing. Fails: NOT_FOUND for what the scope does not see. */
  receipts(scope: Scope, topic: 'alert' | 'handling-request', thing: string): Promise<Outcome<NoticeReceipt[]>>;
}
