import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkItemCard } from '../api/types';
import { Due } from '../ui/Due';
import { Marks, StageTag } from '../ui/Marks';
import { ItemAction } from './ItemAction';

export function WorkItemCards({ items }: { items: readonly WorkItemCard[] }) {
  return (
    <ul className="list">
      {items.map((item) => (
        <Card key={item.id} item={item} />
      ))}
    </ul>
  );
}

function Card({ item }: { item: WorkItemCard }) {
  const { t } = useTranslation();
  const open = item.state === 'offered' || item.state === 'claimed';
  return (
    <li className="card item-card" data-testid="work-item-card">
      {open && (
        <div className="item-due">
          <Due due={item.due} verb={item.stage} warned={item.warned} />
        </div>
      )}
      <div className="item-body">
        <div className="item-tags">
          <StageTag stage={item.stage} />
          <Marks priority={item.priority} warned={item.warned} breached={item.breached} urgedAt={item.urgedAt} />
          {!open && <span className="tag">{t(`itemState.${item.state}`)}</span>}
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
