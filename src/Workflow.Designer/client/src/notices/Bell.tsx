import { BellOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useUnread } from './useNotices';

/** More digits say no more. */
const most = 99;

/** In the header of every page: how much is not read, and the way there. */
export function Bell() {
  const { t } = useTranslation();
  const unread = Number(useUnread().data?.count ?? 0);
  const shown = unread > most ? `${most}+` : `${unread}`;
  return (
    <NavLink className="bell" to="/notices" aria-label={unread > 0 ? t('notices.unreadOf', { number: shown }) : t('notices.title')}>
      <BellOutlined aria-hidden />
      {unread > 0 && (
        <span className="bell-count" aria-hidden="true">
          {shown}
        </span>
      )}
    </NavLink>
  );
}
