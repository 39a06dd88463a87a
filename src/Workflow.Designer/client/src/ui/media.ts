import { useSyncExternalStore } from 'react';

export const narrowScreen = '(max-width: 767px)';

/** Synchronous on the first render, so that nothing is laid out twice (a diagram would flash in the wrong direction). */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

export const useNarrow = (): boolean => useMedia(narrowScreen);

export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => window.navigator.onLine,
  );
}

/** Whether the person has asked the system for less movement. */
export const useCalm = (): boolean => useMedia('(prefers-reduced-motion: reduce)');
