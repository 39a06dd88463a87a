import type { TFunction } from 'i18next';
import { useLanguage, type Language } from '../i18n/language';
import { useServerTime } from './serverClock';

/** Everything is shown in the city's time, whatever the device is set to. */
const timeZone = 'Asia/Shanghai';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language | 'sv', options: Intl.DateTimeFormatOptions, ms: number): string {
  const locale = language === 'en' ? 'en-GB' : language;
  const id = locale + JSON.stringify(options);
  let found = formats.get(id);
  if (!found) formats.set(id, (found = new Intl.DateTimeFormat(locale, { timeZone, ...options })));
  return found.format(ms);
}

/** `2026-10-03` in the city's time; Swedish writes dates the ISO way. */
export const dayOf = (ms: number): string => format('sv', { year: 'numeric', month: '2-digit', day: '2-digit' }, ms);

export const timeOf = (ms: number): string => format('sv', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, ms);

export function dateOf(ms: number, language: Language, reference?: number): string {
  const sameYear = reference === undefined || dayOf(ms).slice(0, 4) === dayOf(reference).slice(0, 4);
  return format(language, { month: language === 'en' ? 'short' : 'long', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) }, ms);
}

/** `10月3日 02:14`; the year only when it differs from the reference. */
export function momentOf(ms: number, language: Language, reference?: number): string {
  return `${dateOf(ms, language, reference)} ${timeOf(ms)}`;
}

/** Says instants as pages do: in the page's language, with the year where it is not this one; nothing of none. */
export function useMoment(): (at: string | null | undefined) => string {
  const language = useLanguage();
  const now = useServerTime()?.now;
  return (at) => (at ? momentOf(Date.parse(at), language, now) : '');
}

/** `02:14` today, `明天 02:14` next to today, else with the date. */
export function nearMomentOf(t: TFunction, ms: number, now: number | undefined, language: Language): string {
  if (now === undefined) return momentOf(ms, language);
  const day = 86_400_000;
  if (dayOf(ms) === dayOf(now)) return timeOf(ms);
  if (dayOf(ms) === dayOf(now + day)) return t('time.tomorrow', { time: timeOf(ms) });
  if (dayOf(ms) === dayOf(now - day)) return t('time.yesterday', { time: timeOf(ms) });
  return momentOf(ms, language, now);
}

const secondOf = (ms: number): string => format('sv', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }, ms);

/** `10月8日 09:00 – 12:00`; both dates when the day changes, and seconds when it is too short to be told without. */
export function rangeOf(from: number, to: number, language: Language, reference?: number): string {
  if (to - from < 60_000) return `${dateOf(from, language, reference)} ${secondOf(from)} – ${secondOf(to)}`;
  const end = dayOf(from) === dayOf(to) ? timeOf(to) : momentOf(to, language, from);
  return `${momentOf(from, language, reference)} – ${end}`;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A countdown: `12:41`, `3:12:41`, `2 天 3 小时`. */
export function countdownOf(t: TFunction, ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const hours = Math.floor(seconds / 3600);
  if (hours >= 24) return t('time.days', { days: Math.floor(hours / 24), hours: hours % 24 });
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Counted time in words; never in days, because a working day has no fixed length. */
export function spanOf(t: TFunction, ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (seconds % 60 !== 0 && minutes < 60) return t('time.seconds', { minutes, seconds: seconds % 60 });
  if (minutes < 60) return t('time.minutes', { minutes });
  return t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
