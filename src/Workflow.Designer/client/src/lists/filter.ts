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

/** What is chosen from lists. */
const chosen = ['area', 'priority', 'stage', 'due', 'teamKind'] as const satisfies readonly (keyof ListFilter)[];
const narrowing = [...chosen, 'search'] as const;
const names = [...narrowing, 'sort'] as const;

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

export const isNarrowed = (filter: ListFilter): boolean => narrowing.some((name) => filter[name] !== undefined);

export const chosenCount = (filter: ListFilter): number => chosen.filter((name) => filter[name] !== undefined).length;

/** The change that takes away whatever narrows a list. */
export const cleared: Partial<Record<keyof ListFilter, undefined>> = Object.fromEntries(narrowing.map((name) => [name, undefined]));

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
