import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstanceView } from '../api/types';
import { useMoment } from '../ui/time';
import type { Question } from './DecisionDialog';
import { IncidentActions } from './IncidentActions';

function Part({ id, title, isEmpty, className = '', children }: { id: string; title: string; isEmpty: boolean; className?: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className={`card ${className}`} aria-labelledby={`instance-${id}`}>
      <h2 className="section-title" id={`instance-${id}`}>
        {title}
      </h2>
      {isEmpty ? <p className="quiet">{t('operations.view.none')}</p> : children}
    </section>
  );
}

/** Open ones first; what was decided stays to be read. */
export function Incidents({ instance, ask }: { instance: InstanceView; ask?: (question: Question) => void }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (instance.incidents.length === 0) return null;
  const sorted = instance.incidents.toSorted((one, other) => Number(Boolean(one.decision)) - Number(Boolean(other.decision)));
  return (
    <Part id="incidents" title={t('operations.view.incidents')} isEmpty={false} className="instance-wide">
      <ul>
        {sorted.map((incident) => (
          <li className="op-row" key={incident.id} data-testid="incident-row">
            <div className="op-body">
              <p className="op-message">{incident.message}</p>
              <p className="quiet">{t('operations.incident.at', { time: moment(incident.at), activity: incident.activityId })}</p>
            </div>
            {incident.decision ? (
              <span className="quiet">{[t(`operations.incident.done.${incident.decision}`), incident.decidedBy?.name, incident.reason].filter(Boolean).join(' · ')}</span>
            ) : (
              ask && <IncidentActions instanceId={instance.id} number={incident.id} ask={ask} />
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Activities({ activities }: { activities: InstanceView['activities'] }) {
  const { t } = useTranslation();
  return (
    <Part id="activities" title={t('operations.view.activities')} isEmpty={activities.length === 0}>
      <ul>
        {activities.map((activity) => (
          <li key={activity.number}>
            {activity.name || activity.activityId} <span className="quiet">{activity.type}</span>{' '}
            {activity.isFaulted && <span className="tag tag-breached">{t('operations.view.faulted')}</span>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Waits({ waits }: { waits: InstanceView['waits'] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <Part id="waits" title={t('operations.view.waits')} isEmpty={waits.length === 0}>
      <ul>
        {waits.map((wait) => (
          <li key={wait.number}>
            {t('operations.view.wait', { activity: wait.activityId, kind: wait.kind })} <code>{wait.key}</code>{' '}
            {wait.dueAt && <span className="quiet">{t('operations.view.due', { time: moment(wait.dueAt) })}</span>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Effects({ effects }: { effects: InstanceView['effects'] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (effects.length === 0) return null;
  return (
    <Part id="effects" title={t('operations.view.effects')} isEmpty={false}>
      <ul>
        {effects.map((effect) => (
          <li key={effect.number}>
            <span className={effect.state === 'dead' ? 'tag tag-breached' : 'tag'}>{t(`operations.effectState.${effect.state}`)}</span>{' '}
            {t('operations.view.effect', { kind: effect.kind, attempts: effect.attempts, time: moment(effect.nextAt) })}
            {effect.lastError && <p className="quiet">{effect.lastError}</p>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Values({ id, title, values }: { id: string; title: string; values: Readonly<Record<string, unknown>> }) {
  if (Object.keys(values).length === 0) return null;
  return (
    <Part id={id} title={title} isEmpty={false}>
      <pre className="values-json">{JSON.stringify(values, null, 2)}</pre>
    </Part>
  );
}
