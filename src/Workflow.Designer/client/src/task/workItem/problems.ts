import type { TFunction } from 'i18next';
import { ProblemFailure } from '../../api/failure';
import type { WorkItemView } from '../../api/types';
import { fieldWords, pathOf } from '../../ui/failureWords';
import type { Field } from './formSchema';
import { countsOf } from './EvidencePanel';

export interface SortedErrors {
  fields: { name: string; errors: string[] }[];
  evidence: string[];
  /** What points at nothing on the page. */
  other: string[];
}

/** A server's `errors` by the place on the page that they belong to: `/values/pm25` to the field, `/evidence/…` to the evidence. */
export function sortErrors(t: TFunction, failure: unknown, fields: readonly Field[]): SortedErrors {
  const sorted: SortedErrors = { fields: [], evidence: [], other: [] };
  if (!(failure instanceof ProblemFailure)) return sorted;
  for (const error of failure.errors) {
    const path = pathOf(error.pointer);
    const words = fieldWords(t, error);
    const field = path[0] === 'values' ? fields.find((one) => one.name === path[1]) : undefined;
    const known = field && sorted.fields.find((one) => one.name === field.name);
    if (known) known.errors.push(words);
    else if (field) sorted.fields.push({ name: field.name, errors: [words] });
    else if (path[0]?.startsWith('evidence')) sorted.evidence.push(words);
    else sorted.other.push(error.pointer ? `${error.pointer}: ${words}` : words);
  }
  return sorted;
}

export function missingEvidence(t: TFunction, item: WorkItemView): string[] {
  return countsOf(item)
    .filter(({ have, need }) => have < need)
    .map(({ kind, have, need }) => t('item.evidenceShort', { kind: t(`evidence.${kind}`), missing: need - have }));
}
