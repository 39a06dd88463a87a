import i18next, { type TFunction } from 'i18next';

/** Names written in definitions: translated when they are among the well-known ones, else shown as written. */
export function outcomeWords(t: TFunction, name: string, title?: string | null): string {
  if (title) return title;
  return known(`outcome.${name}`) ? t(`outcome.${name}` as 'outcome.Done') : name;
}

export function reasonWords(t: TFunction, reason: string): string {
  return reason && known(`reason.${reason}`) ? t(`reason.${reason}` as 'reason.duplicate') : reason;
}

export function rungTargetWords(t: TFunction, to: string): string {
  if (to.startsWith('person:') || to.startsWith('team:')) return to.slice(to.indexOf(':') + 1);
  return known(`rung.to.${to}`) ? t(`rung.to.${to}` as 'rung.to.holder') : to;
}

/** Why an interval counts or does not. */
export function ruleWords(t: TFunction, rule: string): string {
  return known(`ledger.rule.${rule}`) ? t(`ledger.rule.${rule}` as 'ledger.rule.holiday') : rule;
}

const known = (key: string): boolean => i18next.exists(key);
