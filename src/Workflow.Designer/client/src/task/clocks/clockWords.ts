import type { TFunction } from 'i18next';
import type { ClockView, LedgerView, RungView, StageName } from '../../api/types';
import type { Language } from '../../i18n/language';
import { isInstant, targetWords } from '../../ui/durations';
import { reasonWords, ruleWords, rungTargetWords } from '../../ui/outcomeWords';
import { momentOf, rangeOf, spanOf } from '../../ui/time';

export function clockTitle(t: TFunction, scope: ClockView['scope'], stage: StageName | null | undefined, itemTitle?: string): string {
  if (scope === 'task') return t('clocks.task');
  if (scope === 'stage' && stage) return t('clocks.stage', { stage: t(`stage.${stage}`) });
  return itemTitle ? t('clocks.workItemOf', { title: itemTitle }) : t('clocks.workItem');
}

/** `10月3日 02:14 – 10月4日 00:00 不计：国庆节（法定节假日）`; what goes on has no end. */
export function ledgerWords(t: TFunction, row: LedgerView, language: Language, now?: number): string {
  const from = Date.parse(row.from);
  const rule = ruleWords(t, row.rule);
  const name = reasonWords(t, row.name ?? '');
  const why = name && name !== rule ? t('ledger.named', { name, rule }) : rule;
  if (row.to == null) return t('ledger.goesOn', { since: momentOf(from, language, now), why });
  const to = Date.parse(row.to);
  const range = rangeOf(from, to, language, now);
  const span = row.days == null ? spanOf(t, to - from) : daysOf(t, Number(row.days));
  return row.counted ? t('ledger.counted', { range, span, why }) : t('ledger.uncounted', { range, why });
}

/** What counts and what does not, in days where the ledger counts days. What goes on is not summed. */
export function ledgerSum(t: TFunction, ledger: readonly LedgerView[]): string {
  const inDays = ledger.some((row) => row.days != null);
  const sum = (counted: boolean): string => {
    const rows = ledger.filter((row) => row.counted === counted && row.to != null);
    return inDays
      ? daysOf(t, rows.reduce((days, row) => days + Number(row.days), 0))
      : spanOf(t, rows.reduce((ms, row) => ms + Date.parse(row.to ?? row.from) - Date.parse(row.from), 0));
  };
  return t('ledger.sum', { counted: sum(true), uncounted: sum(false) });
}

function daysOf(t: TFunction, count: number): string {
  return t('ledger.days', { count });
}

/** What has been counted of what: in days where the target has days, else in whole minutes, because the figure is as old as the last fetch. */
export function countedWords(t: TFunction, clock: ClockView): string {
  const seconds = Number(clock.countedSeconds);
  return t('clocks.counted', {
    counted: /^\d+(wd|cd|mo)$/.test(clock.target) ? daysOf(t, Math.floor(seconds / 86_400)) : spanOf(t, Math.floor(seconds / 60) * 60_000),
    target: isInstant(clock.target) ? spanOf(t, Number(clock.targetSeconds) * 1000) : targetWords(t, clock.target),
  });
}

export function stateWords(t: TFunction, clock: ClockView): string {
  return t(clock.state === 'left' && clock.breachedAt ? 'clocks.leftLate' : `clocks.${clock.state}`);
}

export function rungAction(t: TFunction, action: RungView['action'], to: string | null | undefined): string {
  return to ? t(`rung.${action}To`, { to: rungTargetWords(t, to) }) : t(`rung.${action}`);
}

export function rungState(t: TFunction, rung: RungView, running: boolean, moment: (at: string) => string): string {
  if (rung.firedAt) return t('rung.fired', { time: moment(rung.firedAt) });
  return running && rung.due ? t('rung.planned', { time: moment(rung.due) }) : t('rung.unfired');
}

const scopeOrder = { workItem: 0, stage: 1, task: 2 };

/** What runs or is paused comes first, the nearest deadline on top; then what was left or has ended, the latest on top. */
export function orderedClocks(clocks: readonly ClockView[]): ClockView[] {
  const open = (clock: ClockView): boolean => clock.state === 'running' || clock.state === 'stopped';
  const due = (clock: ClockView): number => (clock.due ? Date.parse(clock.due) : Number.MAX_SAFE_INTEGER);
  return [...clocks].sort((a, b) => {
    if (open(a) !== open(b)) return open(a) ? -1 : 1;
    const byTime = open(a) ? due(a) - due(b) : Date.parse(b.startedAt) - Date.parse(a.startedAt);
    return byTime || scopeOrder[a.scope] - scopeOrder[b.scope];
  });
}
