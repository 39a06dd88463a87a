import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBulk, type BulkAnswers, type BulkCommand } from '../api/bulk';
import { ProblemFailure } from '../api/failure';
import { useMe } from '../api/queries';
import type { WorkItemCard } from '../api/types';
import { failureWords } from '../ui/failureWords';
import { useToast } from '../ui/Toast';
import { BulkTransfer } from './BulkTransfer';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  clear: () => void;
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return {
    ids,
    toggle: (id) =>
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    clear: () => setIds(new Set()),
  };
}

export function SelectBox({ item, selection }: { item: WorkItemCard; selection: Selection }) {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      className="item-check"
      aria-label={t('bulk.select', { title: `${item.title} ${item.number}` })}
      checked={selection.ids.has(item.id)}
      onChange={() => selection.toggle(item.id)}
    />
  );
}

/** What can be done to all that is selected, and what became of each. */
export function Bulk({ items, selection }: { items: readonly WorkItemCard[]; selection: Selection }) {
  const { t } = useTranslation();
  const say = useToast();
  const bulk = useBulk();
  const [refused, setRefused] = useState<BulkAnswers['items']>([]);
  const [named, setNamed] = useState<readonly WorkItemCard[]>([]);
  const [isTransferring, setTransferring] = useState(false);
  const permissions = useMe().data?.permissions ?? [];
  const selected = items.filter((item) => selection.ids.has(item.id));
  if (selected.length === 0 && refused.length === 0) return null;

  const send = (command: BulkCommand, to: { team?: string; person?: string; reason?: string } = {}) =>
    bulk.mutate(
      { command, ...to, items: selected.map(({ id, revision }) => ({ id, revision })) },
      {
        onSuccess: (answers) => {
          const no = answers.items.filter((one) => one.problem);
          setNamed(selected);
          setRefused(no);
          selection.clear();
          say(t('bulk.done', { done: answers.items.length - no.length, refused: no.length }), no.length > 0 ? 'failed' : undefined);
        },
        onError: (failure) => say(failureWords(t, failure), 'failed'),
      },
    );
  return (
    <section aria-label={t('bulk.title')}>
      {selected.length > 0 && (
        <div className="bulk-bar">
          <span>{t('bulk.selected', { count: selected.length })}</span>
          {permissions.includes('work-on-items') && (
            <Button type="primary" loading={bulk.isPending} onClick={() => send('claim')}>
              {t('bulk.claim')}
            </Button>
          )}
          <Button loading={bulk.isPending} onClick={() => send('urge')}>
            {t('bulk.urge')}
          </Button>
          <Button onClick={() => setTransferring(true)}>{t('bulk.transfer')}</Button>
          <Button onClick={selection.clear}>{t('bulk.clear')}</Button>
        </div>
      )}
      {isTransferring && (
        <BulkTransfer
          items={selected}
          onClose={() => setTransferring(false)}
          onSend={(to) => {
            setTransferring(false);
            send('transfer', to);
          }}
        />
      )}
      {refused.length > 0 && (
        <div role="status">
          <p>{t('bulk.refused')}</p>
          <ul className="bulk-results">
            {refused.map((one) => {
              const item = named.find((candidate) => candidate.id === one.id);
              return (
                <li key={one.id}>
                  {item ? `${item.title} ${item.number}` : one.id}: {failureWords(t, new ProblemFailure(one.status, one.problem ?? undefined))}
                </li>
              );
            })}
          </ul>
          <Button onClick={() => setRefused([])}>{t('bulk.close')}</Button>
        </div>
      )}
    </section>
  );
}
