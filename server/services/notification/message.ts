import { DateTime } from 'luxon';
import type { OutgoingMessage } from '../../domain/ports/notices.ts';
import words from './words.vi.json' with { type: 'json' };

const ZONE = 'Asia/Ho_Chi_Minh';
const kindOf = (kind: string): string => (Object.hasOwn(words, kind) ? words[kind as keyof typeof words] : kind);

/** First line of a message: what happened and about what, on one line. */
export const subjectOf = ({ kind, title }: OutgoingMessage): string => `[Toàn Cảnh] ${kindOf(kind)}: ${title}`.replace(/\s+/g, ' ').slice(0, 200);

/** The message in words; no contact of a citizen, nothing that needs an account to be understood. */
export const bodyOf = (message: OutgoingMessage): string => `${kindOf(message.kind)}\n${message.title}\nLúc ${DateTime.fromMillis(message.at, { zone: ZONE }).toFormat('HH:mm dd/MM/yyyy')}.\n\nMở Toàn Cảnh để xem và xử lý.`;
