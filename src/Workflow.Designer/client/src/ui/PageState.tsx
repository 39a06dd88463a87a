import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isOffline, ProblemFailure } from '../api/failure';
import { failureWords, fieldWords, pathOf } from './failureWords';

export function Loading({ rows = 3 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="state-loading" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div className="card" key={row}>
          <span className="bone bone-short" />
          <span className="bone" />
          <span className="bone" />
        </div>
      ))}
    </div>
  );
}

export function Empty({ title, hint }: { title: string; hint?: string | undefined }) {
  return (
    <div className="state">
      <p className="state-title">{title}</p>
      {hint && <p className="state-hint">{hint}</p>}
    </div>
  );
}

/** What was asked for and refused is said field by field; asking again would not help, so with `onClear` that is offered instead. */
export function Failed({ failure, onRetry, onClear }: { failure: unknown; onRetry: () => void; onClear?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const offline = isOffline(failure);
  const problem = failure instanceof ProblemFailure ? failure : undefined;
  const missing = problem?.status === 404 || problem?.status === 403;
  const refused = problem?.status === 422 ? problem.errors : [];
  const title = offline ? t('state.offline') : missing ? t('state.missing') : t('state.failed');
  return (
    <div className="state" role="alert">
      <p className="state-title">{title}</p>
      {!missing && refused.length === 0 && <p className="state-hint">{offline ? t('state.offlineHint') : failureWords(t, failure)}</p>}
      {refused.map((error) => (
        <p className="state-hint" key={error.pointer}>
          <code>{pathOf(error.pointer).join(' ')}</code> {fieldWords(t, error)}
        </p>
      ))}
      {problem?.traceId && !missing && <p className="state-trace">{t('state.trace', { id: problem.traceId })}</p>}
      {refused.length > 0 && onClear ? <Button onClick={onClear}>{t('lists.clear')}</Button> : <Button onClick={onRetry}>{t('state.retry')}</Button>}
    </div>
  );
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** A list that was empty when it was received. */
function holdsNothing(data: unknown): boolean {
  const { items = data, pages } = (data ?? {}) as { items?: unknown; pages?: readonly unknown[] };
  return pages ? pages.every(holdsNothing) : Array.isArray(items) && items.length === 0;
}

/** One of loading, failed or the content; content that was received once stays on the screen when a later fetch fails, but nobody is told that there is nothing when nobody knows. */
export function Fetched<T>({ query, rows, onClear, children }: { query: QueryLike<T>; rows?: number; onClear?: () => void; children: (data: T) => ReactNode }) {
  if (query.data !== undefined && !(query.error && holdsNothing(query.data))) return children(query.data);
  if (query.error) return <Failed failure={query.error} onRetry={() => void query.refetch()} onClear={onClear} />;
  return rows === undefined ? <Loading /> : <Loading rows={rows} />;
}

interface PagedLike {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

export function LoadMore({ query }: { query: PagedLike }) {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <div className="load-more">
      {query.isFetchNextPageError && <p role="alert">{failureWords(t, query.error)}</p>}
      <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('state.loadMore')}
      </Button>
    </div>
  );
}
