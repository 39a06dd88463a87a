import type { HubConnection } from '@microsoft/signalr';

export type HubState = 'connecting' | 'connected' | 'reconnecting';

export interface HubEvents {
  onState(state: HubState): void;
  onChanged(changes: string[]): void;
}

const delayMs = (attempt: number): number => Math.min(1_000 * 2 ** attempt, 15_000);

/** Keeps one connection open until stopped. Missed messages are not replayed: whoever listens refetches on `connected`. */
export function openHub(events: HubEvents): () => void {
  let stopped = false;
  let connection: HubConnection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function start(attempt: number): Promise<void> {
    try {
      connection ??= await build();
      if (stopped) return;
      await connection.start();
      if (stopped) void connection.stop();
      else events.onState('connected');
    } catch {
      if (stopped) return;
      events.onState('reconnecting');
      timer = setTimeout(() => void start(attempt + 1), delayMs(attempt));
    }
  }

  async function build(): Promise<HubConnection> {
    // Loaded after the first page is on the screen.
    const { HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr');
    const built = new HubConnectionBuilder()
      .withUrl('/hubs/changes')
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (retry) => delayMs(retry.previousRetryCount) })
      .configureLogging(LogLevel.None)
      .build();
    built.on('changed', (changes: string[]) => events.onChanged(changes));
    built.onreconnecting(() => events.onState('reconnecting'));
    built.onreconnected(() => events.onState('connected'));
    built.onclose(() => {
      if (stopped) return;
      events.onState('reconnecting');
      timer = setTimeout(() => void start(0), delayMs(0));
    });
    return built;
  }

  void start(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
    void connection?.stop();
  };
}
