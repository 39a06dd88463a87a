import i18next, { type TFunction } from 'i18next';
import { ConnectionFailure, ProblemFailure } from '../api/failure';
import type { ProblemError } from '../api/types';

/** What went wrong in plain words: by reason where we know it, else by kind of answer. */
export function failureWords(t: TFunction, failure: unknown): string {
  if (failure instanceof ConnectionFailure) return t('problem.offline');
  if (!(failure instanceof ProblemFailure)) return t('problem.server');
  if (failure.reason && i18next.exists(`problem.${failure.reason}`)) return t(`problem.${failure.reason}` as 'problem.server');
  switch (failure.status) {
    case 401:
      return t('problem.unauthorized');
    case 403:
      return t('problem.forbidden');
    case 404:
      return t('problem.notFound');
    case 409:
      return t('problem.lostRace');
    case 413:
      return t('problem.tooLarge');
    case 429:
    case 503:
      return t('problem.busy');
    default:
      return t(failure.status < 500 ? 'problem.invalid' : 'problem.server');
  }
}

export function fieldWords(t: TFunction, error: ProblemError): string {
  return error.found ? t('problem.field', { expected: error.expected, found: error.found }) : t('problem.fieldExpected', { expected: error.expected });
}

/** `/values/pm25` → `['values', 'pm25']` (RFC 6901). */
export function pathOf(pointer: string): string[] {
  const parts = pointer.replace(/^#/, '').split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
