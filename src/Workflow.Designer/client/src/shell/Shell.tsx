import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation, useNavigationType } from 'react-router';
import { useMe } from '../api/queries';
import type { Me } from '../api/types';
import { Live } from '../realtime/Live';
import { ErrorBoundary } from '../ui/ErrorBoundary';
import { Failed, Loading } from '../ui/PageState';
import { useNarrow } from '../ui/media';
import { useConnection } from './connection';
import { Header } from './Header';
import { Navigation } from './Navigation';
import { fetchAllPages } from './pages';

/** Everything behind the sign-in: whoever is not signed in comes back here after signing in. */
export function Shell() {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.data) {
    return (
      <Live>
        <Frame me={me.data} />
      </Live>
    );
  }
  if (me.data === null) return <Navigate to={`/signin?return=${encodeURIComponent(pathname + search)}`} replace />;
  return <main className="content">{me.error ? <Failed failure={me.error} onRetry={() => void me.refetch()} /> : <Loading />}</main>;
}

function Frame({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const narrow = useNarrow();
  const content = useContentFocus(pathname);
  const offline = useConnection() === 'offline';
  useEffect(fetchAllPages, []);
  // A work item has its own bar of actions at the bottom of a phone; its page has a way back instead of tabs.
  const tabs = narrow && !pathname.startsWith('/work-items/');
  return (
    <div className={tabs ? 'shell shell-tabs' : 'shell'}>
      <a className="skip" href="#content" onClick={(event) => (event.preventDefault(), content.current?.focus())}>
        {t('app.skip')}
      </a>
      <Header me={me} narrow={narrow} />
      {offline && (
        <p className="offline-banner" role="status">
          {t('connection.offlineHint')}
        </p>
      )}
      <main id="content" className="content" tabIndex={-1} ref={content}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      {tabs && <Navigation className="tabbar" />}
    </div>
  );
}

/** After following a link the keyboard and a screen reader start at the new page, not where the link was. */
function useContentFocus(pathname: string) {
  const content = useRef<HTMLElement>(null);
  const navigated = useNavigationType();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    content.current?.focus({ preventScroll: true });
    if (navigated !== 'POP') window.scrollTo(0, 0);
  }, [pathname, navigated]);
  return content;
}
