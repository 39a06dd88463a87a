import i18next from 'i18next';
import { expect, it } from 'vitest';
import type { TimelineEntry } from '../api/types';
import { momentOf } from '../ui/time';
import { detailsOf, headlineOf, toneOf } from './timelineWords';

const { t } = i18next;
const at = '2026-10-03T02:34:00+08:00';

it.each<[Partial<TimelineEntry>, string, string[]]>([
  [{ kind: 'stageEnded', stage: 'response', outcome: 'done' }, '响应完成', []],
  [
    { kind: 'stageEnded', stage: 'postEvaluation', outcome: 'return', returnTo: 'handling', reason: '复测仍超标' },
    '后评估退回处置',
    ['原因：复测仍超标'],
  ],
  [{ kind: 'stageEnded', stage: 'response', outcome: 'closeOut', reason: 'false-alarm' }, '响应提前转后评估', ['原因：误报']],
  [{ kind: 'workItemOffered', title: '现场核实', team: '桂溪网格', due: at }, '派发「现场核实」', ['派给 桂溪网格', '10月3日 02:34 到期']],
  [{ kind: 'workItemCompleted', title: '现场核实', outcome: 'FalseAlarm' }, '办结「现场核实」', ['结论：误报']],
  [{ kind: 'workItemCompleted', title: '现场核实', outcome: '移交住建' }, '办结「现场核实」', ['结论：移交住建']],
  [{ kind: 'rungFired', action: 'escalate', to: 'inspection', clockScope: 'stage', stage: 'response' }, '督办至督查巡查', ['响应阶段时限']],
  [{ kind: 'rungFired', action: 'urge', to: '张三' }, '催办张三', []],
  [{ kind: 'taskAnnotated', title: 'T20 Print report Y' }, '补记：T20 Print report Y', []],
  [{ kind: 'clockBreached', clockScope: 'task' }, '整件任务时限超期', []],
  [{ kind: 'breachAnnulled', clockScope: 'task' }, '整件任务时限超期撤销', []],
  [
    { kind: 'clockRecounted', clockScope: 'task', outcome: 'calendarChanged', reason: '假期公布', dueBefore: '2026-10-02T17:00:00+08:00', due: at },
    '整件任务时限重新计算',
    ['工作日历变更', '原因：假期公布', '到期由 10月2日 17:00 改为 10月3日 02:34'],
  ],
  [
    { kind: 'pauseCapMoved', title: '调查取证', reason: '假期公布', dueBefore: '2026-10-02T17:00:00+08:00', due: at },
    '「调查取证」的暂停上限改动',
    ['原因：假期公布', '由 10月2日 17:00 改为 10月3日 02:34'],
  ],
  [{ kind: 'workItemCommanded', command: 'suspend', title: '调查取证', reason: 'testing', note: '送检 3 份' }, '挂起「调查取证」', ['原因：检测', '说明：送检 3 份']],
  [{ kind: 'workItemCommanded', command: 'askExtension', title: '调查取证', amount: '3wd', reason: '案情复杂' }, '申请延期「调查取证」', ['延长 3 个工作日', '原因：案情复杂']],
])('An entry %j reads %s', (entry, headline, details) => {
  const whole = { id: '1', at, ...entry } as TimelineEntry;

  expect(headlineOf(t, whole)).toBe(headline);
  expect(detailsOf(t, whole, (time) => momentOf(Date.parse(time), 'zh-CN'))).toEqual(details);
});

it('A kind that a newer server tells is shown as it is', () => {
  const entry = { id: '1', at, kind: 'taskMerged' } as unknown as TimelineEntry;

  expect(headlineOf(t, entry)).toBe('taskMerged');
  expect(toneOf(entry)).toBe('plain');
});
