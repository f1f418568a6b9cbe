import { createHash } from 'node:crypto';
import type { AlertItem } from '#contract/topics/alert.ts';
import { refused, type Outcome } from '#contract/faults.ts';
import { elementsIn, readAlertElement, textIn, textsIn, type Element } from './document.ts';
import { placeOf } from './area.ts';
import { kindOf, levelOf } from './urgency.ts';
import words from './text.vi.json' with { type: 'json' };

/** One CAP message as items of the `alert` topic: one per hazard it names. */
export interface CapMessage {
  identifier: string;
  sender: string;
  msgType: 'Alert' | 'Update' | 'Cancel';
  items: AlertItem[];
}

interface Head {
  identifier: string;
  sender: string;
  sent: string;
  at: number;
  isExercise: boolean;
  msgType: CapMessage['msgType'];
  ref: string;
}

const MOST_INFOS = 20;
const LONGEST_KEY = 190;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z)$/;

const refusal = (reason: string) => refused('INGEST_CAP', { detail: reason });
const clamp = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** Names one message the way CAP references do; one that is too long is named by its hash. */
function nameOf(sender: string, identifier: string, sent: string): string {
  const name = `${sender},${identifier},${sent}`.replace(/\s+/g, ' ');
  return name.length <= LONGEST_KEY ? name : `cap-${createHash('sha256').update(name).digest('hex')}`;
}

/** The message that began the story: the oldest one referred to. */
function firstReference(references: string): string | undefined {
  const triples = references.split(/\s+/).flatMap((triple) => {
    const [, sender, identifier, sent] = /^([^,]+),([^,]+),([^,]+)$/.exec(triple) ?? [];
    return sender && identifier && sent && MOMENT.test(sent) ? [{ at: Date.parse(sent), name: nameOf(sender, identifier, sent) }] : [];
  });
  return triples.sort((a, b) => a.at - b.at)[0]?.name;
}

function headOf(alert: Element): Outcome<Head> {
  const [identifier, sender, sent, status, msgType] = ['identifier', 'sender', 'sent', 'status', 'msgType'].map((name) => textIn(alert, name));
  if (!identifier || !sender || /[\s,<&]/.test(identifier + sender)) return refusal('identifier and sender are needed, without spaces or commas');
  const at = sent && MOMENT.test(sent) ? Date.parse(sent) : Number.NaN;
  if (!sent || Number.isNaN(at)) return refusal('sent needs a time with its zone, such as 2026-10-01T08:00:00+07:00');
  if (status !== 'Actual' && status !== 'Exercise') return refusal(`status ${clamp(status ?? 'is missing', 20)}: only Actual and Exercise enter the log`);
  if (msgType !== 'Alert' && msgType !== 'Update' && msgType !== 'Cancel') return refusal(`msgType ${clamp(msgType ?? 'is missing', 20)}: only Alert, Update and Cancel are taken`);
  const own = nameOf(sender, identifier, sent);
  const first = msgType === 'Alert' ? own : firstReference(textIn(alert, 'references') ?? '');
  if (!first) return refusal(`${msgType} needs references to the message it is about`);
  return { ok: true, value: { identifier, sender, sent, at, isExercise: status === 'Exercise', msgType, ref: first } };
}

/** The blocks of one language: Vietnamese when there are any. */
function infosOf(alert: Element): Element[] {
  const infos = elementsIn(alert, 'info');
  const languageOf = (info: Element) => textIn(info, 'language')?.toLowerCase() ?? 'en-us';
  const chosen = infos.find((info) => languageOf(info).startsWith('vi')) ?? infos[0];
  return chosen ? infos.filter((info) => languageOf(info) === languageOf(chosen)) : [];
}

function textOf(info: Element): string | undefined {
  const areas = elementsIn(info, 'area').flatMap((area) => textIn(area, 'areaDesc') ?? []);
  const parts = [
    textIn(info, 'description'),
    textIn(info, 'instruction'),
    areas.length > 0 ? `${words.area}: ${areas.join('; ')}` : undefined,
    textIn(info, 'expires') && `${words.until}: ${textIn(info, 'expires')}`,
    textIn(info, 'senderName') && `${words.sender}: ${textIn(info, 'senderName')}`,
  ];
  const text = parts.filter((part) => part !== undefined && part !== '').join('\n');
  return text === '' ? undefined : clamp(text, 4000);
}

function itemOf(info: Element, head: Head, suffix: string): Outcome<AlertItem> {
  const [event, severity, urgency, certainty] = ['event', 'severity', 'urgency', 'certainty'].map((name) => textIn(info, name));
  if (!event || !severity || !urgency || !certainty) return refusal('info needs event, urgency, severity and certainty');
  const level = levelOf({ severity, urgency, certainty });
  if (level === undefined) return refusal(`severity ${clamp(severity, 20)} is not one of CAP 1.2`);
  const place = placeOf(info);
  if (!place.ok) return place;
  const { area, centre } = place.value;
  const text = textOf(info);
  const title = clamp(textIn(info, 'headline') ?? event, 280);
  return {
    ok: true,
    value: {
      key: nameOf(head.sender, head.identifier, head.sent) + suffix,
      ref: head.ref + suffix,
      at: head.at,
      kind: kindOf(event, textsIn(info, 'category')),
      level,
      title: head.isExercise ? `${words.exercise} – ${title}` : title,
      status: head.msgType === 'Cancel' ? 'ended' : 'active',
      ...(head.isExercise ? { provenance: 'simulated' as const } : {}),
      ...(text === undefined ? {} : { text }),
      ...(area === undefined ? {} : { area }),
      ...(centre === undefined ? {} : { position: centre }),
    },
  };
}

/** A cancellation may say nothing but what it cancels. */
function bareCancel(head: Head): AlertItem {
  const key = nameOf(head.sender, head.identifier, head.sent);
  return { key, ref: head.ref, at: head.at, kind: 'environment', level: 4, title: words.cancelled, status: 'ended' };
}

/**
 * Reads one message of the Common Alerting Protocol.
 * Shape: XML text, CAP 1.2. Test, System and Draft messages are refused, an Exercise is marked simulated.
 * Fails: INGEST_CAP with the reason in `detail`.
 * Source: OASIS CAP-v1.2.
 */
export function parseCap(xml: string): Outcome<CapMessage> {
  const alert = readAlertElement(xml);
  if (!alert.ok) return alert;
  const head = headOf(alert.value);
  if (!head.ok) return head;
  const { identifier, sender, msgType } = head.value;
  const infos = infosOf(alert.value);
  if (infos.length > MOST_INFOS) return refusal(`at most ${MOST_INFOS} info blocks`);
  if (infos.length === 0 && msgType !== 'Cancel') return refusal(`${msgType} needs an info block`);
  const items: AlertItem[] = infos.length === 0 ? [bareCancel(head.value)] : [];
  for (const [index, info] of infos.entries()) {
    const item = itemOf(info, head.value, index === 0 ? '' : `#${index + 1}`);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return { ok: true, value: { identifier, sender, msgType, items } };
}
