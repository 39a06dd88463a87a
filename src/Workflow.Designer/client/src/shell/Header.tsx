import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Me } from '../api/types';
import { switchLanguage, useLanguage } from '../i18n/language';
import { Bell } from '../notices/Bell';
import { useServerNow, useServerTime } from '../ui/serverClock';
import { momentOf } from '../ui/time';
import { Account } from './Account';
import { useConnection } from './connection';
import { Logo } from './Logo';
import { Navigation } from './Navigation';

export function Header({ me, narrow }: { me: Me; narrow: boolean }) {
  const { t } = useTranslation();
  return (
    <header className="header">
      <Link className="brand" to="/" aria-label={t('app.name')}>
        <Logo />
        {!narrow && <span>{t('app.name')}</span>}
      </Link>
      {!narrow && <Navigation className="topnav" />}
      <span className="header-space" />
      <DemoClock />
      <ConnectionMark />
      {me.permissions.includes('read-tasks') && <Bell />}
      <LanguageSwitch />
      <Account me={me} narrow={narrow} />
    </header>
  );
}

export function LanguageSwitch() {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Button type="text" className="language" onClick={() => switchLanguage(language === 'en' ? 'zh-CN' : 'en')}>
      {t('app.switchLanguage')}
    </Button>
  );
}

/** Only on a demo clock: people must see that deadlines run on another time than their watch. */
export function DemoClock() {
  const { t } = useTranslation();
  const language = useLanguage();
  const time = useServerTime();
  const now = useServerNow();
  if (!time?.demo || now === undefined) return null;
  const shown = momentOf(now, language);
  return (
    <span className="demo-clock" role="note" aria-label={t('clock.label', { time: shown, speed: time.speed })}>
      <time dateTime={new Date(now).toISOString()}>{shown}</time>
      <small>
        {t('clock.demo')}
        {time.speed !== 1 && ` ×${time.speed}`}
      </small>
    </span>
  );
}

function ConnectionMark() {
  const { t } = useTranslation();
  const connection = useConnection();
  const state = t(`connection.${connection}`);
  return (
    <span className={`connection connection-${connection}`} role="status" aria-label={t('connection.label', { state })}>
      {state}
    </span>
  );
}
