import type { Outcome } from '#contract/faults.ts';
import type { NoticeChannel, QuietHours } from '#contract/notice.ts';
import type { ChannelBoard, ChannelState, ChannelTest, ChannelWritten } from '#contract/noticeChannel.ts';
import type { Principal } from '#contract/roles.ts';

/** Ways out of the building that an administrator declares; a change holds at once, without a restart. */
export interface NoticeChannelsPort {
  board(): Promise<Outcome<ChannelBoard>>;
  /** Fails: REQUEST_BODY when a part its channel needs is missing, STATE_CONFLICT when `rev` is not the present one. */
  write(actor: Principal, channel: NoticeChannel, written: ChannelWritten): Promise<Outcome<ChannelState>>;
  /** Forgets a declaration with its secret; one in the file holds again. Fails: NOT_FOUND. */
  remove(actor: Principal, channel: NoticeChannel): Promise<Outcome<void>>;
  /** Sends one message by what is declared, on or off. What came of it is the answer. Fails: NOT_FOUND when nothing is declared. */
  test(actor: Principal, channel: NoticeChannel, to: string): Promise<Outcome<ChannelTest>>;
  setQuiet(actor: Principal, quiet: QuietHours | null): Promise<Outcome<void>>;
}
