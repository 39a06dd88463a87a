/** A change key of the server is a query key written with colons: `task:{id}` becomes `['task', id]`, and takes the timeline with it. */
export function queryKeyOf(change: string): readonly string[] {
  const colon = change.indexOf(':');
  return colon < 0 ? [change] : [change.slice(0, colon), change.slice(colon + 1)];
}
