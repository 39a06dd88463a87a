import { useTranslation } from 'react-i18next';
import type { ClockView, WorkItemCard } from '../../api/types';
import { ClockCard } from './ClockCard';
import { orderedClocks } from './clockWords';

interface Props {
  clocks: readonly ClockView[];
  items: readonly WorkItemCard[];
  /** Whether the ledgers of clocks that have not ended stand open. */
  ledgersOpen: boolean;
}

export function Clocks({ clocks, items, ledgersOpen }: Props) {
  const { t } = useTranslation();
  if (clocks.length === 0) return <p className="card quiet">{t('task.noClocks')}</p>;
  return (
    <ul className="list">
      {orderedClocks(clocks).map((clock) => {
        const item = items.find((one) => one.id === clock.workItemId);
        const ended = clock.state !== 'running' && clock.state !== 'stopped';
        return (
          <ClockCard key={clock.id} clock={clock} ledgerOpen={ledgersOpen && !ended} itemTitle={item?.title} stage={clock.stage ?? item?.stage} />
        );
      })}
    </ul>
  );
}
