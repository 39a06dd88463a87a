import createClient from 'openapi-fetch';
import { ConnectionFailure, ProblemFailure } from './failure';
import type { paths } from './schema';
import type { Problem } from './types';

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  // Looked up at each call, so that a test can put its own in place.
  fetch: (request) => globalThis.fetch(request),
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Turns an answer into its value, and everything else into one of the two failures. */
export async function valueOf<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ConnectionFailure(cause);
  }
  if (answer.response.ok) return answer.data as T;
  throw new ProblemFailure(answer.response.status, problemIn(answer.error));
}

export function problemIn(body: unknown): Partial<Problem> | undefined {
  return typeof body === 'object' && body !== null ? (body as Partial<Problem>) : undefined;
}
