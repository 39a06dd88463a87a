import type { TFunction } from 'i18next';
import type { WorkItemView } from '../../api/types';

type Assignment = NonNullable<WorkItemView['assignment']>;

/** Why this person was chosen for an item, and who was passed over and why, one line each. */
export function assignmentLines(t: TFunction, assignment: Assignment): string[] {
  const lines = [t(`assignment.why.${assignment.why}`, { name: assignment.to?.name ?? '', open: assignment.open, suitable: assignment.suitable })];
  if (assignment.for) lines.push(t('assignment.for', { name: assignment.to?.name ?? '', absent: assignment.for.name }));
  const [others, passed] = [assignment.with ?? [], assignment.passed ?? []];
  if (others.length > 0) lines.push(t('assignment.with', { names: others.map((person) => person.name).join(t('assignment.comma')) }));
  if (passed.length > 0) {
    const people = passed.map((other) => t(`assignment.passed.${other.why}`, { name: other.person.name, detail: other.detail ?? '' }));
    const more = Number(assignment.passedCount) - passed.length;
    lines.push(t('assignment.passedOver', { people: [...people, ...(more > 0 ? [t('assignment.more', { count: more })] : [])].join(t('assignment.comma')) }));
  }
  return lines;
}
