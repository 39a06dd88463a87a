import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkItemCard } from '../api/types';
import { Due } from '../ui/Due';
import { isOpen, isSelectable } from '../ui/itemState';
import { Marks, StageTag } from '../ui/Marks';
import { SelectBox, type Selection } from './Bulk';
import { ItemAction } from './ItemAction';

export function WorkItemCards({ items, selection }: { items: readonly WorkItemCard[]; selection: Selection }) {
  return (
    <ul className="list">
      {items.map((item) => (
        <Card key={item.id} item={item} selection={selection} />
      ))}
    </ul>
  );
}

function Card({ item, selection }: { item: WorkItemCard; selection: Selection }) {
  const { t } = useTranslation();
  const selectable = isSelectable(item);
  return (
    <li className="card item-card" data-testid="work-item-card">
      {isOpen(item) && (
        <div className="item-due">
          <Due due={item.due} verb={item.stage} warned={item.warned} breached={item.breached} paused={item.paused} />
        </div>
      )}
      <div className="item-body">
        <div className="item-tags">
          {selectable && <SelectBox item={item} selection={selection} />}
          <StageTag stage={item.stage} />
          <Marks priority={item.priority} warned={item.warned} breached={item.breached} urgedAt={item.urgedAt} />
          {!selectable && <span className="tag">{t(`itemState.${item.state}`)}</span>}
          {item.standingInFor && <span className="tag">{t('inbox.standingInFor', { name: item.standingInFor.name })}</span>}
        </div>
        <h2 className="item-title">
          <Link to={`/work-items/${item.id}`}>{item.title}</Link>
        </h2>
        <p>{item.subject}</p>
        <p className="item-foot">
          <span>{item.areaName}</span>
          <span className="number">{item.number}</span>
        </p>
        <ItemAction item={item} block />
      </div>
    </li>
  );
}
