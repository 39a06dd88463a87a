import { useTranslation } from 'react-i18next';
import type { IncidentCard } from '../api/types';
import { Empty, Fetched, LoadMore } from '../ui/PageState';
import { itemsOf } from '../ui/pages';
import { useMoment } from '../ui/time';
import { useDecisionDialog, type Question } from './DecisionDialog';
import { IncidentActions } from './IncidentActions';
import { InstanceLinks } from './InstanceLinks';
import { useIncidents } from './useOperations';

export function Incidents() {
  const { t } = useTranslation();
  const query = useIncidents();
  const { ask, dialog } = useDecisionDialog();
  return (
    <Fetched query={query}>
      {({ pages }) => {
        const incidents = itemsOf(pages.map((page) => ({ items: page.items.map((item) => ({ ...item, id: `${item.instanceId}-${item.number}` })) })));
        return (
          <>
            {incidents.length === 0 && <Empty title={t('operations.empty.incidents')} />}
            <ul className="list">
              {incidents.map((incident) => (
                <Row key={incident.id} incident={incident} ask={ask} />
              ))}
            </ul>
            <LoadMore query={query} />
            {dialog}
          </>
        );
      }}
    </Fetched>
  );
}

function Row({ incident, ask }: { incident: IncidentCard; ask: (question: Question) => void }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <li className="card op-row" data-testid="incident-row">
      <div className="op-body">
        <p className="op-message">{incident.message}</p>
        <p className="quiet">{t('operations.incident.at', { time: moment(incident.at), activity: incident.activityId })}</p>
        <InstanceLinks id={incident.instanceId} definitionId={incident.definitionId} taskNumber={incident.taskNumber} taskSubject={incident.taskSubject} />
      </div>
      <IncidentActions instanceId={incident.instanceId} number={incident.number} ask={ask} />
    </li>
  );
}
