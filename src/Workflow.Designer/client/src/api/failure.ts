import type { Problem, ProblemError } from './types';

/** The server answered with a no. */
export class ProblemFailure extends Error {
  readonly status: number;
  readonly reason: string;
  readonly traceId: string | undefined;
  readonly errors: readonly ProblemError[];

  constructor(status: number, problem: Partial<Problem> | undefined) {
    super(problem?.detail || problem?.title || `HTTP ${status}`);
    this.name = 'ProblemFailure';
    this.status = status;
    this.reason = problem?.reason ?? '';
    this.traceId = problem?.traceId ?? undefined;
    this.errors = Array.isArray(problem?.errors) ? problem.errors : [];
  }
}

/** No answer came; for a command it is unknown whether the server carried it out. */
export class ConnectionFailure extends Error {
  constructor(cause?: unknown) {
    super('no answer', { cause });
    this.name = 'ConnectionFailure';
  }
}

export const isUnauthorized = (failure: unknown): boolean => failure instanceof ProblemFailure && failure.status === 401;

export const isOffline = (failure: unknown): boolean => failure instanceof ConnectionFailure;

/** A second try with the same key is safe and may help: nothing came back, or the server could not keep its promise. */
export const isUndecided = (failure: unknown): boolean =>
  failure instanceof ConnectionFailure || (failure instanceof ProblemFailure && (failure.status >= 500 || failure.status === 429));
