import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { NoticeChannel, QuietHours } from '#contract/notice.ts';
import type { ChannelState, ChannelTest, ChannelText, ChannelWritten } from '#contract/noticeChannel.ts';
import type { NoticeChannelsPort } from '../domain/ports/noticeChannels.ts';
import type { Channel, NoticeWays } from '../domain/ports/notices.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { createChannels } from '../services/notification/channels.ts';
import { settingsOf, wrongPart } from '../services/notification/declared.ts';
import { flawOf } from '../services/notification/flaw.ts';
import type { NotificationSettings } from '../services/notification/settings.ts';
import type { Engine } from '../store/engine/engine.ts';
import { CHANNEL_WAKE, createChannelStore, type KeptChannel } from '../store/notices/channelStore.ts';
import type { Seal } from '../store/topics/seal.ts';
import { guarded } from '../store/work/guarded.ts';

const CHANNELS: readonly NoticeChannel[] = ['email', 'webhook', 'sms', 'zalo'];

interface Deps {
  engine: Engine;
  seal: Seal;
  clock: Pick<Clock, 'now' | 'realNow'>;
  log: Log;
  /** What `notification.yaml` says; a declaration of the administrator goes before it. */
  file: NotificationSettings;
  fetchIt: typeof fetch;
}

/** Ways out of the building as they are now: what is declared holds at once, on every server. */
export interface NoticeHouse extends NoticeWays, Closable {
  port: NoticeChannelsPort;
  open(): readonly Channel[];
}

export async function openNoticeChannels({ engine, seal, clock, log, file, fetchIt }: Deps): Promise<NoticeHouse> {
  const store = createChannelStore({ engine, seal, now: clock.realNow });
  let kept: readonly KeptChannel[] = [];
  let quiet: QuietHours | null = null;
  let open: readonly Channel[] = [];

  const reload = async (): Promise<void> => {
    const read = await store.read();
    ({ kept, quiet } = read);
    const declared = new Set(kept.map(({ channel }) => channel));
    const fromFile = Object.fromEntries(Object.entries(file).filter(([name]) => !declared.has(name as NoticeChannel)));
    const before = open;
    open = createChannels(Object.assign(fromFile, ...kept.filter(({ text }) => text.isOn).map(settingsOf)) as NotificationSettings, fetchIt);
    for (const channel of before) channel.close?.();
  };
  await reload();
  const wakes = await engine.listen(CHANNEL_WAKE, () => void reload().catch((error: unknown) => log.warn({ error: String(error) }, 'ways out could not be read again')));

  const states = async (): Promise<ChannelState[]> => {
    const counts = await store.counts();
    return CHANNELS.map((channel) => {
      const one = kept.find((each) => each.channel === channel);
      const { sent, waiting, failed } = counts.find((each) => each.channel === channel) ?? { sent: 0, waiting: 0, failed: 0 };
      const origin = one ? 'form' : file[channel] ? 'file' : 'none';
      return { channel, origin, text: one?.text ?? null, hasSecret: one ? one.secret !== null : false, rev: one?.rev ?? 0, changedAt: one?.changedAt ?? null, changedBy: one?.changedBy ?? null, test: one?.test ?? null, sent, waiting, failed };
    });
  };

  const tried = async (settings: NotificationSettings, to: string): Promise<ChannelTest> => {
    const [at, begun] = [clock.now(), performance.now()];
    const [channel] = createChannels(settings, fetchIt);
    const said = (flaw: Pick<ChannelTest, 'flaw' | 'detail'>): ChannelTest => ({ at, to, ms: Math.round(performance.now() - begun), ...flaw });
    try {
      await channel!.send({ id: `test-${at}`, address: to, kind: 'test', title: 'Toàn Cảnh', isUrgent: false, at });
      return said({ flaw: null, detail: null });
    } catch (error) {
      return said(flawOf(error));
    } finally {
      channel!.close?.();
    }
  };

  const port: NoticeChannelsPort = {
    board: () => guarded(async () => okay({ items: await states(), quiet })),
    async write(actor, channel, { secret, rev, ...text }: ChannelWritten) {
      const known = kept.find((one) => one.channel === channel);
      const wrong = wrongPart(channel, text, secret ?? known?.secret ?? null);
      if (wrong) return refused('NOTICE_CHANNEL', { pointer: `/${wrong}` });
      const written = await store.write(actor.id, channel, text satisfies ChannelText, secret, rev);
      if (!written.ok) return written;
      return guarded(async (): Promise<Outcome<ChannelState>> => {
        await reload();
        return okay((await states()).find((one) => one.channel === channel)!);
      });
    },
    async remove(actor, channel) {
      const removed = await store.remove(actor.id, channel);
      return removed.ok ? guarded(async () => okay(await reload())) : removed;
    },
    test: (actor, channel, to) =>
      guarded(async () => {
        const one = kept.find((each) => each.channel === channel);
        const settings: NotificationSettings = one ? settingsOf(one) : file[channel] ? { [channel]: file[channel] } : {};
        if (!settings[channel]) return refused('NOT_FOUND');
        const result = await tried(settings, to);
        await store.keepTest(actor.id, channel, result);
        if (one) await reload();
        return okay(result);
      }),
    async setQuiet(actor, hours) {
      const set = await store.setQuiet(actor.id, hours);
      return set.ok ? guarded(async () => okay(await reload())) : set;
    },
  };
  return {
    port,
    open: () => open,
    names: () => open.map(({ name }) => name),
    quiet: () => quiet,
    async close() {
      await wakes.close();
      for (const channel of open) channel.close?.();
    },
  };
}
