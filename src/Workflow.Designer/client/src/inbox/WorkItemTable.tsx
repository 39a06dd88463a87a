import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkItemCard } from '../api/types';
import { Due } from '../ui/Due';
import { isOpen, isSelectable } from '../ui/itemState';
import { Marks, StageTag } from '../ui/Marks';
import { SelectBox, type Selection } from './Bulk';
import { ItemAction } from './ItemAction';

export function WorkItemTable({ items, selection }: { items: readonly WorkItemCard[]; selection: Selection }) {
  const { t } = useTranslation();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col" className="check-cell">
            <span className="sr-only">{t('bulk.title')}</span>
          </th>
          <th scope="col">{t('inbox.due')}</th>
          <th scope="col">{t('inbox.item')}</th>
          <th scope="col">{t('inbox.subject')}</th>
          <th scope="col">{t('inbox.place')}</th>
          <th scope="col">
            <span className="sr-only">{t('inbox.action')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.id} item={item} selection={selection} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ item, selection }: { item: WorkItemCard; selection: Selection }) {
  const { t } = useTranslation();
  const selectable = isSelectable(item);
  return (
    <tr data-testid="work-item-card">
      <td>{selectable && <SelectBox item={item} selection={selection} />}</td>
      <td>
        {isOpen(item) && <Due due={item.due} verb={item.stage} warned={item.warned} breached={item.breached} paused={item.paused} />}
        {!selectable && (
          <div>
            <span className="tag">{t(`itemState.${item.state}`)}</span>
          </div>
        )}
      </td>
      <td>
        <Link to={`/work-items/${item.id}`}>{item.title}</Link>
        <div className="item-tags">
          <StageTag stage={item.stage} />
          <Marks priority={item.priority} warned={item.warned} breached={item.breached} urgedAt={item.urgedAt} />
          {item.standingInFor && <span className="tag">{t('inbox.standingInFor', { name: item.standingInFor.name })}</span>}
        </div>
      </td>
      <td>
        <div>{item.subject}</div>
        <Link className="number" to={`/tasks/${item.taskId}`}>
          {item.number}
        </Link>
      </td>
      <td>
        <div>{item.areaName}</div>
        <div className="quiet">{item.teamName}</div>
      </td>
      <td className="table-action">
        <ItemAction item={item} />
      </td>
    </tr>
  );
}
