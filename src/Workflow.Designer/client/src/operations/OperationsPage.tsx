import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePermission } from '../api/queries';
import { Empty, Fetched } from '../ui/PageState';
import { Tabs } from '../ui/Tabs';
import { DeadLetters } from './DeadLetters';
import { Incidents } from './Incidents';
import { Nodes } from './Nodes';
import { StatusPanel } from './StatusPanel';
import { Stuck } from './Stuck';
import { useStatus } from './useOperations';
import './operations.css';

const parts = ['incidents', 'stuck', 'dead-letters', 'nodes'] as const;
type Part = (typeof parts)[number];

const lists: Record<Part, () => ReactNode> = { incidents: Incidents, stuck: Stuck, 'dead-letters': DeadLetters, nodes: Nodes };

export default function OperationsPage() {
  const { t } = useTranslation();
  return usePermission('operate') ? <Operations /> : <Empty title={t('app.noAccess')} />;
}

function Operations() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const status = useStatus();
  const part = parts.find((one) => one === search.get('list')) ?? 'incidents';
  const List = lists[part];
  const counts: Partial<Record<Part, number>> = { incidents: status.data?.openIncidents ?? 0, 'dead-letters': status.data?.outbox.dead ?? 0 };
  const textOf = (one: Part) => (counts[one] ? t('operations.tab.counted', { text: t(`operations.tab.${one}`), n: counts[one] }) : t(`operations.tab.${one}`));
  return (
    <div className="operations">
      <h1 className="page-title">{t('operations.title')}</h1>
      <Fetched query={status} rows={1}>
        {(read) => <StatusPanel status={read} />}
      </Fetched>
      <Tabs<Part>
        label={t('operations.sections')}
        selected={part}
        onSelect={(next) => setSearch(next === 'incidents' ? {} : { list: next }, { replace: true })}
        tabs={parts.map((one) => ({ id: one, text: textOf(one) }))}
      >
        <List key={part} />
      </Tabs>
    </div>
  );
}
