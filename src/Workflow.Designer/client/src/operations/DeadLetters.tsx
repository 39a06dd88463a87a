import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, valueOf } from '../api/client';
import { letterDiscard, letterRetry } from '../api/operations';
import { keys } from '../api/queries';
import type { DeadLetterCard } from '../api/types';
import { Empty, Fetched, LoadMore } from '../ui/PageState';
import { itemsOf } from '../ui/pages';
import { useMoment } from '../ui/time';
import { useDecisionDialog, type Question } from './DecisionDialog';
import { InstanceLinks } from './InstanceLinks';
import { useDeadLetters } from './useOperations';

export function DeadLetters() {
  const { t } = useTranslation();
  const query = useDeadLetters();
  const { ask, dialog } = useDecisionDialog();
  return (
    <Fetched query={query}>
      {({ pages }) => {
        const letters = itemsOf(pages);
        return (
          <>
            {letters.length === 0 && <Empty title={t('operations.empty.dead-letters')} />}
            <ul className="list">
              {letters.map((letter) => (
                <Row key={letter.id} letter={letter} ask={ask} />
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

function Row({ letter, ask }: { letter: DeadLetterCard; ask: (question: Question) => void }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const retry = (): Question => ({
    decision: letterRetry(letter),
    title: t('operations.letter.retryTitle'),
    hint: t('operations.letter.retryHint'),
    verb: t('operations.letter.retry'),
    done: t('operations.letter.retried'),
  });
  const discard = (): Question => ({
    decision: letterDiscard(letter),
    title: t('operations.letter.discardTitle'),
    hint: t('operations.letter.discardHint'),
    verb: t('operations.letter.discard'),
    done: t('operations.letter.discarded'),
    isReasonRequired: true,
    isDangerous: true,
  });
  return (
    <li className="card op-row" data-testid="dead-letter-row">
      <div className="op-body">
        <p className="op-message">{letter.lastError}</p>
        <p className="quiet">
          {t('operations.letter.meta', { kind: letter.kind, attempts: letter.attempts, time: moment(letter.createdAt) })}
        </p>
        <InstanceLinks id={letter.instanceId} definitionId={letter.definitionId} />
        <Payload id={letter.id} />
      </div>
      <div className="op-actions">
        <Button type="primary" onClick={() => ask(retry())}>
          {t('operations.letter.retry')}
        </Button>
        <Button danger onClick={() => ask(discard())}>
          {t('operations.letter.discard')}
        </Button>
      </div>
    </li>
  );
}

/** Fetched when it is opened: a payload may be large. */
function Payload({ id }: { id: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: keys.deadLetter(id),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/operations/dead-letters/{id}', { params: { path: { id } }, signal })),
    enabled: open,
    // It never changes; and when the lists are fetched again after a decision, this one may be gone.
    staleTime: Infinity,
  });
  return (
    <details className="op-payload" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('operations.letter.payload')}</summary>
      {open && (
        <Fetched query={query} rows={1}>
          {(letter) => <pre>{JSON.stringify(letter.payload, null, 2)}</pre>}
        </Fetched>
      )}
    </details>
  );
}
