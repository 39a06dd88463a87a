import { AlertOutlined, BarChartOutlined, DashboardOutlined, InboxOutlined, PauseCircleOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMe } from '../api/queries';
import type { Permission } from '../api/types';

const places = [
  { to: '/', text: 'app.inbox', icon: <InboxOutlined aria-hidden />, permission: 'read-tasks' },
  { to: '/tasks', text: 'app.tasks', icon: <UnorderedListOutlined aria-hidden />, permission: 'read-tasks' },
  { to: '/raise', text: 'app.raise', icon: <AlertOutlined aria-hidden />, permission: 'raise-tasks' },
  { to: '/pauses', text: 'app.pauses', icon: <PauseCircleOutlined aria-hidden />, permission: 'read-tasks', role: 'supervisor' },
  { to: '/reports', text: 'app.reports', icon: <BarChartOutlined aria-hidden />, permission: 'read-tasks' },
  { to: '/operations', text: 'app.operations', icon: <DashboardOutlined aria-hidden />, permission: 'operate' },
] as const satisfies readonly { to: string; text: string; icon: unknown; permission: Permission; role?: string }[];

/** The same links along the top of a wide screen and the bottom of a narrow one. */
export function Navigation({ className }: { className: string }) {
  const { t } = useTranslation();
  const me = useMe().data;
  const permissions = me?.permissions ?? [];
  const roles = me?.roles ?? [];
  return (
    <nav className={className} aria-label={t('app.nav')}>
      {places
        .filter((place) => permissions.includes(place.permission) && (!('role' in place) || roles.includes(place.role)))
        .map((place) => (
          <NavLink key={place.to} to={place.to} end={place.to === '/'}>
            {place.icon}
            <span>{t(place.text)}</span>
          </NavLink>
        ))}
    </nav>
  );
}
