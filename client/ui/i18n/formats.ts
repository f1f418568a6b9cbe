import type { Language } from './text.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Dates, numbers and spans of time as a person in Việt Nam reads them. Times are epoch ms. */
export interface Formats {
  date(at: number): string;
  time(at: number): string;
  clock(at: number): string;
  dateTime(at: number): string;
  weekday(at: number): string;
  number(value: number, digits?: number): string;
  percent(share: number, digits?: number): string;
  /** How long ago: "3 phút trước". */
  age(ms: number): string;
  /** A span without direction: "1 giờ 05". */
  span(ms: number): string;
  /** What remains until a deadline: "còn 1 giờ 05", "quá 20 phút". */
  timeLeft(ms: number): string;
  /** mm:ss, h:mm:ss, or days and h:mm. */
  countdown(ms: number): string;
}

const WORDS = {
  vi: { now: 'vừa xong', second: 'giây', minute: 'phút', hour: 'giờ', day: 'ngày', ago: '{span} trước', left: 'còn {span}', over: 'quá {span}' },
  en: { now: 'just now', second: 's', minute: 'min', hour: 'h', day: 'd', ago: '{span} ago', left: '{span} left', over: '{span} over' },
} as const;

const two = (value: number): string => String(value).padStart(2, '0');

export function spanOf(ms: number, language: Language): string {
  const words = WORDS[language];
  const whole = Math.max(0, Math.floor(ms / SECOND)) * SECOND;
  if (whole < MINUTE) return `${whole / SECOND} ${words.second}`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} ${words.minute}`;
  if (whole < DAY) {
    const minutes = Math.floor((whole % HOUR) / MINUTE);
    return `${Math.floor(whole / HOUR)} ${words.hour}${minutes > 0 ? ` ${two(minutes)}` : ''}`;
  }
  const hours = Math.floor((whole % DAY) / HOUR);
  return `${Math.floor(whole / DAY)} ${words.day}${hours > 0 ? ` ${hours} ${words.hour}` : ''}`;
}

export function createFormats(language: Language): Formats {
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB';
  const words = WORDS[language];
  const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: ZONE, hourCycle: 'h23', ...options });
  const date = part({ day: '2-digit', month: '2-digit', year: 'numeric' });
  const time = part({ hour: '2-digit', minute: '2-digit' });
  const clock = part({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const weekday = part({ weekday: 'long' });
  const dayOf = (at: number): string => {
    const shown = new Map(date.formatToParts(at).map((piece) => [piece.type, piece.value]));
    return `${shown.get('day')}/${shown.get('month')}/${shown.get('year')}`;
  };
  return {
    date: dayOf,
    time: (at) => time.format(at),
    clock: (at) => clock.format(at),
    dateTime: (at) => `${time.format(at)} ${dayOf(at)}`,
    weekday: (at) => {
      const name = weekday.format(at);
      return name.charAt(0).toUpperCase() + name.slice(1);
    },
    number: (value, digits = 0) => value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    percent: (share, digits = 1) => `${(share * 100).toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })} %`,
    age: (ms) => (ms < 5 * SECOND ? words.now : words.ago.replace('{span}', spanOf(ms, language))),
    span: (ms) => spanOf(ms, language),
    timeLeft: (ms) => (ms >= 0 ? words.left : words.over).replace('{span}', spanOf(Math.abs(ms), language)),
    countdown: (ms) => {
      const seconds = Math.max(0, Math.floor(ms / SECOND));
      const hours = Math.floor(seconds / 3600);
      if (hours >= 24) return `${Math.floor(hours / 24)} ${words.day} ${hours % 24}:${two(Math.floor((seconds % 3600) / 60))}`;
      const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
      return hours > 0 ? `${hours}:${rest}` : rest;
    },
  };
}
