import type { TFunction } from 'i18next';
import type { PauseReasonView } from '../../api/types';
import { targetWords } from '../../ui/durations';

export function pauseName(language: string, reason: PauseReasonView): string {
  return language.startsWith('zh') ? reason.nameZh : reason.nameEn;
}

/** What a reason asks for, in one line: the basis, who approves, how long and how often, and what goes on. */
export function pauseRules(t: TFunction, reason: PauseReasonView): string {
  const role = reason.approval === 'duty-officer' ? 'duty-officer' : 'supervisor';
  return [
    reason.basis,
    reason.approval && t('pause.approval', { role: t(`pause.role.${role}`) }),
    reason.cap && t('pause.cap', { cap: targetWords(t, reason.cap) }),
    reason.times != null && t('pause.times', { times: reason.times }),
    reason.taskGoesOn && t('pause.taskGoesOn'),
  ]
    .filter(Boolean)
    .join(' · ');
}
