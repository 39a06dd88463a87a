import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className="state">
      <h1 className="state-title">{t('app.notFound')}</h1>
      <p className="state-hint">{t('app.notFoundHint')}</p>
      <Link to="/">{t('app.toInbox')}</Link>
    </div>
  );
}
