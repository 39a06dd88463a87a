import type { TFunction } from 'i18next';
import { countdownOf, spanOf } from '../ui/time';

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `12.3 MB`: three digits are enough to see a disk fill. */
export function bytesOf(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** `0.1.0+4cec2d3`: of the commit that it was built from the beginning is enough. */
export const versionOf = (version: string): string => version.replace(/(\+.{7}).*/, '$1');

/** Milliseconds as an operator compares them. */
export const msOf = (ms: number): string => (ms >= 100 ? String(Math.round(ms)) : ms.toFixed(1));

/** A lag or an age in words; days only when it is that long. */
export const lagOf = (t: TFunction, seconds: number): string => (seconds >= 86_400 ? countdownOf(t, seconds * 1000) : spanOf(t, seconds * 1000));
