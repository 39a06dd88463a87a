import { useTranslation } from 'react-i18next';
import type { NodeView } from '../api/types';
import { Empty, Fetched } from '../ui/PageState';
import { useMoment } from '../ui/time';
import { useNodes } from './useOperations';
import { lagOf, versionOf } from './words';

/** Below this a server has just been seen: its next sign of life is due about now. */
const justNowSeconds = 10;

export function Nodes() {
  const { t } = useTranslation();
  const query = useNodes();
  return (
    <Fetched query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('operations.empty.nodes')} />
        ) : (
          <ul className="list">
            {items.map((node) => (
              <Row key={`${node.name} ${node.address}`} node={node} />
            ))}
          </ul>
        )
      }
    </Fetched>
  );
}

function Row({ node }: { node: NodeView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const seen = node.seenSecondsAgo < justNowSeconds ? t('operations.node.now') : t('operations.node.seen', { span: lagOf(t, node.seenSecondsAgo) });
  return (
    <li className="card op-row" data-testid="node-row">
      <div className="op-body">
        <p className="op-message op-name">{node.name}</p>
        <p className="quiet">
          {node.address} · {t('operations.status.version', { version: versionOf(node.version) })}
        </p>
        <p className="quiet">
          {t('operations.node.started', { time: moment(node.startedAt) })} · {seen}
        </p>
      </div>
      <div className="item-tags">
        {node.isThis && <span className="tag">{t('operations.node.this')}</span>}
        <span className={node.isGone ? 'tag tag-breached' : 'tag tag-stage'}>{t(node.isGone ? 'operations.node.gone' : 'operations.node.alive')}</span>
      </div>
    </li>
  );
}
