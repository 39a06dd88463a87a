/** What narrows a list, as it stands in the address. */
export interface ListFilter {
  area?: string;
  priority?: string;
  stage?: string;
  due?: string;
  teamKind?: string;
  search?: string;
  sort?: string;
}

const names = ['area', 'priority', 'stage', 'due', 'teamKind', 'search', 'sort'] as const satisfies readonly (keyof ListFilter)[];

export function filterOf(address: URLSearchParams): ListFilter {
  return Object.fromEntries(names.flatMap((name) => (address.get(name) ? [[name, address.get(name)]] : []))) as ListFilter;
}

/** The address with a part of the filter changed; what is empty is left out. */
export function withFilter(address: URLSearchParams, change: Partial<Record<keyof ListFilter, string | undefined>>): URLSearchParams {
  const next = new URLSearchParams(address);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

export const isNarrowed = (filter: ListFilter): boolean => names.some((name) => name !== 'sort' && filter[name] !== undefined);

/** A list keeps its filter when another one is chosen, but for a sort that the other may not have. */
export function withList(address: URLSearchParams, name: string, value: string, standard: string): URLSearchParams {
  const next = new URLSearchParams(address);
  next.delete('sort');
  if (value === standard) next.delete(name);
  else next.set(name, value);
  return next;
}

/** What of the address is worth saving: the list and its filter, not the language of the page. */
export function savedQuery(address: URLSearchParams): string {
  const saved = new URLSearchParams(address);
  saved.delete('lang');
  return saved.toString();
}
