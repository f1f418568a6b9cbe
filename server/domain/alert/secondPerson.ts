import type { AlertState } from '#contract/topics/alert.ts';
import { shelve, type AlertStepped, type Owner } from './life.ts';

const ASK_LASTS_MS = 30 * 60_000;

/** Asks to put a ĐỎ alert aside; it stays in sight until a second person agrees. Fails: STATE_STEP, STATE_REASON, REQUEST_BODY. */
export function proposeShelve(state: AlertState, wish: { by: Owner; until: number; reason: string }, now: number): AlertStepped {
  if (state.level !== 1) return { ok: false, code: 'STATE_STEP', detail: 'Chỉ cảnh báo ĐỎ cần người thứ hai; hãy tạm hoãn trực tiếp.' };
  const tried = shelve({ ...state, level: 2 }, wish, now);
  if (!tried.ok) return tried;
  const at = Math.max(now, state.updatedAt);
  const ask = { id: wish.by.id, name: wish.by.name, until: wish.until, reason: wish.reason.trim(), at };
  return { ok: true, state: { ...state, shelveAsk: ask, updatedAt: at } };
}

/** A second person agrees within half an hour. Fails: STATE_STEP without a wish or by who made it, and as `shelve`. */
export function confirmShelve(state: AlertState, by: Owner, now: number): AlertStepped {
  const ask = state.shelveAsk;
  if (!ask || now > ask.at + ASK_LASTS_MS) return { ok: false, code: 'STATE_STEP', detail: 'Không có đề nghị tạm hoãn còn hiệu lực.' };
  if (ask.id === by.id) return { ok: false, code: 'STATE_STEP', detail: 'Người đồng ý phải khác người đề nghị.' };
  const stepped = shelve({ ...state, level: 2 }, ask, now);
  if (!stepped.ok) return stepped;
  return { ok: true, state: { ...stepped.state, level: state.level, shelveAsk: null } };
}
