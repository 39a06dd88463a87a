import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkItemCommand, WorkItemView } from '../../api/types';
import { useMoment } from '../../ui/time';
import { reasonWords } from '../../ui/outcomeWords';
import { ActionDialog } from './ActionDialog';
import { actionForms } from './actions';
import { assignmentLines } from './assignment';

/** What the viewer may do besides claiming and completing: the server lists it. */
export function ItemActions({ item }: { item: WorkItemView }) {
  const { t } = useTranslation();
  const [command, setCommand] = useState<WorkItemCommand>();
  const actions = item.actions.filter((action) => actionForms[action]);
  if (actions.length === 0) return null;
  return (
    <section className="card item-actions" aria-labelledby="item-actions">
      <h2 id="item-actions">{t('action.title')}</h2>
      <div className="item-action-list">
        {actions.map((action) => (
          <Button key={action} size="large" onClick={() => setCommand(action)}>
            {t(`action.name.${action}`)}
          </Button>
        ))}
      </div>
      {command && <ActionDialog item={item} command={command} onClose={() => setCommand(undefined)} />}
    </section>
  );
}

/** Why it is here, what it waits for, and why the viewer may not have it. */
export function ItemNotices({ item }: { item: WorkItemView }) {
  const { t } = useTranslation();
  const { card, waiting, openExtension, openPause } = item;
  const lines: string[] = [];
  if (item.assignment) lines.push(...assignmentLines(t, item.assignment));
  if (item.for && !item.assignment?.for) lines.push(t('assignment.for', { name: card.claimedBy?.name ?? '', absent: item.for.name }));
  if (item.routedByTask) lines.push(t('action.routed', { number: item.routedByTask }));
  if (card.state === 'offered' && card.claimedBy) lines.push(t('action.offeredTo', { name: card.claimedBy.name }));
  if (card.state === 'delegated') lines.push(t('action.waitsDelegated', { name: waiting?.person?.name ?? '', holder: card.claimedBy?.name ?? '' }));
  if (card.state === 'suspended') lines.push([t('action.waitsSuspended', { reason: reasonWords(t, waiting?.reason ?? '') }), waiting?.note].filter(Boolean).join(' · '));
  if (card.state === 'disputed') lines.push(t('action.waitsDisputed', { team: waiting?.teamName ?? '' }));
  if (openPause) lines.push([t('pause.open', { name: openPause.by.name, reason: reasonWords(t, openPause.reason) }), openPause.note].filter(Boolean).join(' · '));
  if (openExtension) lines.push(t('action.extensionOpen', { name: openExtension.by.name, amount: openExtension.amount, reason: openExtension.reason }));
  if (item.claimRefused) lines.push(item.claimRefused.rule === 'avoidance' ? t('action.avoidance') : item.claimRefused.detail);
  return lines.map((line) => (
    <p key={line} className="card standing" role="status">
      {line}
    </p>
  ));
}

export function ItemHistory({ item }: { item: WorkItemView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (item.history.length === 0) return null;
  return (
    <section className="card" aria-labelledby="item-history">
      <h2 id="item-history">{t('action.history')}</h2>
      <ul className="item-history">
        {item.history.map((entry) => {
          const to = entry.to?.name ?? entry.team;
          const details = [entry.pause && reasonWords(t, entry.pause), to && t('action.to', { to }), entry.amount, entry.approved == null ? undefined : t(entry.approved ? 'action.approved' : 'action.refused'), entry.text];
          return (
            <li key={`${entry.at}${entry.command}${to ?? ''}`}>
              <p>
                <strong>{t(`action.name.${entry.command}`)}</strong> {details.filter(Boolean).join(' · ')}
              </p>
              <p className="quiet small">
                {entry.by.name} · {moment(entry.at)}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
