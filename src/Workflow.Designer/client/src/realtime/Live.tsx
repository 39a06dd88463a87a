import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { keys } from '../api/queries';
import { useServerUnreachable } from '../ui/serverClock';
import { openHub, type HubState } from './hub';
import { queryKeyOf } from './keys';

const LiveState = createContext<HubState>('connecting');

/** Listens while someone is signed in; a message only invalidates keys. */
export function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<HubState>('connecting');

  useEffect(
    () =>
      openHub({
        onState(next) {
          setState(next);
          // While the hub was away anything may have changed; and when it goes away the clock tells whether the server is still there.
          void client.invalidateQueries(next === 'connected' ? {} : { queryKey: keys.clock });
        },
        onChanged(changes) {
          for (const change of changes) void client.invalidateQueries({ queryKey: queryKeyOf(change) });
        },
      }),
    [client],
  );

  // The server answers again, though the hub may take a while to come back: what failed in between is fetched now.
  const unreachable = useServerUnreachable();
  const wasUnreachable = useRef(false);
  useEffect(() => {
    if (wasUnreachable.current && !unreachable) void client.invalidateQueries();
    wasUnreachable.current = unreachable;
  }, [client, unreachable]);

  return <LiveState value={state}>{children}</LiveState>;
}

export const useHubState = (): HubState => useContext(LiveState);

/** How often a list asks by itself: never while the hub tells, every half minute while it does not. */
export const usePolling = (): number | false => (useHubState() === 'connected' ? false : 30_000);
