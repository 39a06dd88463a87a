import { useHubState } from '../realtime/Live';
import { useOnline } from '../ui/media';
import { useServerUnreachable } from '../ui/serverClock';

export type Connection = 'connected' | 'connecting' | 'reconnecting' | 'offline';

export function useConnection(): Connection {
  const hub = useHubState();
  const online = useOnline();
  const unreachable = useServerUnreachable();
  return !online || (unreachable && hub !== 'connected') ? 'offline' : hub;
}
