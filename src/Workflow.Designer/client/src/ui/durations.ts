import type { TFunction } from 'i18next';

const isoDuration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const counted = /^(\d+(?:\.\d+)?)(wh|wd|cd|mo)$/;

/** A target that is an instant: it was given, and nothing is counted. */
export const isInstant = (target: string): boolean => /^\d{4}-\d\d-\d\dT/.test(target);

/** A target as written in a definition (`PT20M`, `4wh`, `3wd`, `15cd`, `6mo`) in words; what is unknown is shown as written. */
export function targetWords(t: TFunction, target: string): string {
  const unit = counted.exec(target);
  if (unit) return t(`target.${unit[2] as 'wh' | 'wd' | 'cd' | 'mo'}`, { n: unit[1] });

  const iso = isoDuration.exec(target);
  if (!iso || target === 'P' || target.endsWith('T')) return target;
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((i) => Number(iso[i] ?? 0)) as [number, number, number, number];
  if (seconds > 0 && days + hours + minutes === 0) return t('target.seconds', { n: seconds });
  if (seconds > 0) return target;
  if (days > 0 && hours + minutes === 0) return t('target.days', { n: days });
  const allHours = days * 24 + hours;
  if (allHours > 0 && minutes > 0) return t('target.hoursMinutes', { hours: allHours, minutes });
  return allHours > 0 ? t('target.hours', { n: allHours }) : t('target.minutes', { n: minutes });
}

/** When a rung fires: `50%`, `+0`, `+PT10M`, `-PT10M`. */
export function rungWords(t: TFunction, at: string): string {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(at);
  if (percent) return t('rung.at.percent', { n: percent[1] });
  if (/^[+-]0$/.test(at) || at === '100%') return t('rung.at.due');
  const span = targetWords(t, at.slice(1));
  if (at.startsWith('+')) return t('rung.at.after', { span });
  if (at.startsWith('-')) return t('rung.at.before', { span });
  return at;
}
