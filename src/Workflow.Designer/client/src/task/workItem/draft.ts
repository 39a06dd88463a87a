import type { Values } from './formSchema';

/** A half-filled form, kept on this device until the item is completed; per person, because phones are shared on duty. */
const storedAs = (userId: string, itemId: string): string => `workflow.draft.${userId}.${itemId}`;

export function readDraft(userId: string, itemId: string): Values {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(storedAs(userId, itemId)) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Values) : {};
  } catch {
    return {};
  }
}

export function saveDraft(userId: string, itemId: string, values: Values): void {
  try {
    window.localStorage.setItem(storedAs(userId, itemId), JSON.stringify(values));
  } catch {
    // No storage, or it is full: the form still works, it just does not survive a reload.
  }
}

export function clearDraft(userId: string, itemId: string): void {
  try {
    window.localStorage.removeItem(storedAs(userId, itemId));
  } catch {
    // Nothing was stored.
  }
}
