import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { api, valueOf } from '../api/client';
import { isOffline } from '../api/failure';
import { keys } from '../api/queries';

/** The server's time at a moment of the page's own steady clock; the device's wall clock plays no part. */
export interface ServerTime {
  now: number;
  speed: number;
  demo: boolean;
  readAt: number;
}

export function serverNow(time: ServerTime, steadyNow: number): number {
  return time.now + time.speed * (steadyNow - time.readAt);
}

interface ServerClockState {
  time: ServerTime | undefined;
  unreachable: boolean;
}

const ServerClockContext = createContext<ServerClockState>({ time: undefined, unreachable: false });

export function ServerClockProvider({ children }: { children: ReactNode }) {
  const clock = useQuery({
    queryKey: keys.clock,
    queryFn: readClock,
    staleTime: 0,
    refetchInterval: (query) => (query.state.status === 'error' || query.state.fetchFailureCount > 0 ? 5_000 : 30_000),
    refetchOnWindowFocus: 'always',
    retry: false,
  });
  return (
    <ServerClockContext value={{ time: clock.data, unreachable: isOffline(clock.error) }}>{children}</ServerClockContext>
  );
}

export const useServerTime = (): ServerTime | undefined => useContext(ServerClockContext).time;

/** The last call for the time, which is made twice a minute anyway, got no answer. */
export const useServerUnreachable = (): boolean => useContext(ServerClockContext).unreachable;

/** The server's time, renewed each second; undefined until it was read once. */
export function useServerNow(): number | undefined {
  const time = useServerTime();
  const steadyNow = useSyncExternalStore(subscribe, currentTick);
  return time && serverNow(time, Math.max(steadyNow, time.readAt));
}

async function readClock({ signal }: { signal: AbortSignal }): Promise<ServerTime> {
  const before = performance.now();
  const { now, speed, demo } = await valueOf(api.GET('/api/v1/clock', { signal }));
  return { now: Date.parse(now), speed: Number(speed), demo, readAt: (before + performance.now()) / 2 };
}

// One timer for all countdowns of the page.
const listeners = new Set<() => void>();
let tick = performance.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) tick = performance.now();
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick = performance.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const currentTick = (): number => tick;
