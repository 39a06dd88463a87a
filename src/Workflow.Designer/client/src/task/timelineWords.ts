import type { TFunction } from 'i18next';
import type { ClockChange, TimelineEntry } from '../api/types';
import { targetWords } from '../ui/durations';
import { outcomeWords, reasonWords, rungTargetWords } from '../ui/outcomeWords';
import { clockTitle } from './clocks/clockWords';

export function headlineOf(t: TFunction, entry: TimelineEntry): string {
  const stage = entry.stage ? t(`stage.${entry.stage}`) : '';
  const title = entry.title ?? '';
  switch (entry.kind) {
    case 'taskStarted':
    case 'taskClosed':
    case 'incidentRaised':
      return t(`timeline.${entry.kind}`);
    case 'stageEntered':
      return t('timeline.stageEntered', { stage });
    case 'stageEnded':
      if (entry.outcome === 'return' && entry.returnTo) return t('timeline.stageReturned', { stage, to: t(`stage.${entry.returnTo}`) });
      return t(entry.outcome === 'closeOut' ? 'timeline.stageClosedOut' : 'timeline.stageDone', { stage });
    case 'workItemOffered':
    case 'workItemClaimed':
    case 'workItemReleased':
    case 'workItemWithdrawn':
    case 'workItemCompleted':
    case 'workItemNotNeeded':
    case 'jointSignDecided':
    case 'taskAnnotated':
    case 'pauseCapMoved':
      return t(`timeline.${entry.kind}`, { title });
    case 'workItemCommanded':
      return t('timeline.commanded', { title, command: t(`action.name.${entry.command ?? 'comment'}`) });
    case 'evidenceAttached':
      return t('timeline.evidenceAttached', { kind: t(`evidence.${entry.evidence?.kind ?? 'document'}`) });
    case 'effectMeasured':
    case 'sampleDrawn':
      return t(`timeline.${entry.kind}`);
    case 'rungFired': {
      if (entry.action === 'press') return t('timeline.pressed');
      if (entry.action && entry.action !== 'urge' && entry.action !== 'escalate') return t(`rung.${entry.action}`);
      const action = entry.action === 'escalate' ? 'escalated' : 'urged';
      return entry.to ? t(`timeline.${action}To`, { to: rungTargetWords(t, entry.to) }) : t(`timeline.${action}`);
    }
    case 'priorityChanged':
      return t('timeline.priorityChanged', { priority: t(`priority.${entry.outcome === 'urgent' ? 'urgent' : 'normal'}`) });
    case 'clockBreached':
      return t('timeline.clockBreached', { clock: clockTitle(t, entry.clockScope ?? 'task', entry.stage, entry.title ?? undefined) });
    case 'breachAnnulled':
    case 'pauseCapped':
    case 'clockRecounted':
      return t(`timeline.${entry.kind}`, { clock: clockTitle(t, entry.clockScope ?? 'task', entry.stage, entry.title ?? undefined) });
    case 'partHandedDown':
    case 'partReported':
    case 'partTakenBack':
    case 'partAccepted':
    case 'feedbackGiven':
    case 'taskOrdered':
    case 'orderFeedback':
    case 'orderReminded':
      return t(`timeline.${entry.kind}`, { title });
    case 'orderPressed':
      return t(`joint.rung.${(entry.rungId ?? 'urge') as 'urge'}`);
    default:
      // A newer server may tell more than this client knows.
      return entry.kind;
  }
}

/** The lines under the headline, without the form values and the evidence. */
export function detailsOf(t: TFunction, entry: TimelineEntry, moment: (at: string) => string): string[] {
  const lines: string[] = [];
  if (entry.kind === 'workItemOffered' && entry.team) lines.push(t('timeline.toTeam', { team: entry.team }));
  if (entry.kind === 'partHandedDown' && entry.team) lines.push(t('timeline.toTeam', { team: entry.team }));
  if (entry.kind === 'rungFired' && entry.clockScope) lines.push(clockTitle(t, entry.clockScope, entry.stage, entry.title ?? undefined));
  if (entry.kind === 'jointSignDecided' && entry.amount) lines.push(t('sign.agreed', { share: entry.amount }));
  if (entry.kind === 'workItemNotNeeded' && entry.team) lines.push(entry.team);
  if ((entry.kind === 'workItemCompleted' || entry.kind === 'jointSignDecided') && entry.outcome) lines.push(t('timeline.outcome', { outcome: outcomeWords(t, entry.outcome) }));
  if (entry.kind === 'clockRecounted') lines.push(t(`clocks.change.${(entry.outcome ?? 'calendarChanged') as ClockChange['why']}`));
  const receiver = [entry.toPerson?.name, entry.toTeam !== entry.team ? entry.toTeam : undefined].filter(Boolean).join(' · ');
  if (entry.kind === 'workItemCommanded' && receiver) lines.push(t('action.to', { to: receiver }));
  if (entry.kind === 'workItemCommanded' && entry.amount) lines.push(t('timeline.moreTime', { amount: targetWords(t, entry.amount) }));
  if (entry.kind === 'workItemCommanded' && entry.approved != null) lines.push(t(entry.approved ? 'action.approved' : 'action.refused'));
  if (entry.reason) lines.push(t('timeline.reason', { reason: reasonWords(t, entry.reason) }));
  if (entry.note) lines.push(t('timeline.note', { note: entry.note }));
  if (entry.dueBefore && entry.due) lines.push(t(entry.kind === 'pauseCapMoved' ? 'timeline.capMoved' : 'timeline.dueMoved', { before: moment(entry.dueBefore), after: moment(entry.due) }));
  else if (entry.due) lines.push(t('timeline.dueAt', { time: moment(entry.due) }));
  return lines;
}

export type Tone = 'plain' | 'stage' | 'done' | 'alert';

export function toneOf(entry: TimelineEntry): Tone {
  switch (entry.kind) {
    case 'clockBreached':
    case 'incidentRaised':
    case 'rungFired':
      return 'alert';
    case 'stageEnded':
      return entry.outcome === 'return' ? 'alert' : 'stage';
    case 'stageEntered':
    case 'taskStarted':
    case 'taskClosed':
      return 'stage';
    case 'workItemCompleted':
    case 'jointSignDecided':
      return 'done';
    default:
      return 'plain';
  }
}
