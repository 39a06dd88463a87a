import type { WorkItemCard } from '../api/types';

const ended: readonly WorkItemCard['state'][] = ['done', 'withdrawn', 'returned', 'takenBack', 'notNeeded', 'removed'];

/** Somebody still has to do something about it: its clock goes on, or stands still for a while. */
export const isOpen = ({ state }: Pick<WorkItemCard, 'state'>): boolean => !ended.includes(state);

/** It waits for a command that may be given to many at once. */
export const isSelectable = ({ state }: Pick<WorkItemCard, 'state'>): boolean => state === 'offered' || state === 'claimed';
