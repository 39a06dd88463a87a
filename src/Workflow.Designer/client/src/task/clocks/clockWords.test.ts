import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import type { ClockView, LedgerView } from '../../api/types';
import { momentOf } from '../../ui/time';
import { countedWords, ledgerSum, ledgerWords, orderedClocks, rungAction, rungState, stateWords } from './clockWords';

const { t } = i18next;
const moment = (at: string): string => momentOf(Date.parse(at), 'zh-CN');

const row = (from: string, to: string, change: Partial<LedgerView>): LedgerView => ({
  from: `${from}:00+08:00`,
  to: `${to}:00+08:00`,
  counted: false,
  rule: 'holiday',
  provisional: false,
  ...change,
});

const clock = (change: Partial<ClockView>) =>
  ({
    scope: 'task',
    target: '3wd',
    calendar: 'cn-gov',
    calendarName: '机关日历',
    startedAt: '2026-10-03T02:14:00+08:00',
    provisional: false,
    state: 'running',
    targetSeconds: 100,
    countedSeconds: 0,
    rungs: [],
    ledger: [],
    changes: [],
    resumesProvisional: false,
    ...change,
  }) as ClockView;

describe('the ledger in words', () => {
  it('names the holiday that does not count', () => {
    expect(ledgerWords(t, row('2026-10-03T02:14', '2026-10-04T00:00', { name: '国庆节' }), 'zh-CN')).toBe(
      '10月3日 02:14 – 10月4日 00:00 不计：国庆节（法定节假日）',
    );
  });

  it('says why a clock stood still', () => {
    expect(ledgerWords(t, row('2026-10-08T09:00', '2026-10-08T12:00', { rule: 'stopped', name: 'stage-left' }), 'zh-CN')).toBe(
      '10月8日 09:00 – 12:00 不计：离开本阶段（暂停计时）',
    );
  });

  it('of a clock that stands still says since when, and sums what is certain', () => {
    const ledger = [
      row('2026-11-24T00:00', '2026-11-25T00:00', { counted: true, rule: 'working-day', days: 1 }),
      row('2026-11-25T00:00', '2026-11-25T00:00', { to: null, rule: 'stopped', name: 'testing' }),
    ];

    expect(ledgerWords(t, ledger[1]!, 'zh-CN')).toBe('11月25日 00:00 起 不计，尚未恢复：检测（暂停计时）');
    expect(ledgerSum(t, ledger)).toBe('合计：计 1 天，不计 0 天');
  });

  it('names the year where it is not this one', () => {
    const now = Date.parse('2026-12-30T09:00:00+08:00');

    expect(ledgerWords(t, row('2027-01-01T00:00', '2027-01-04T00:00', { name: '元旦' }), 'zh-CN', now)).toBe('2027年1月1日 00:00 – 1月4日 00:00 不计：元旦（法定节假日）');
  });

  it('says how much a counted interval counts', () => {
    expect(ledgerWords(t, row('2026-10-08T09:00', '2026-10-08T12:00', { counted: true, rule: 'working-time' }), 'zh-CN')).toBe(
      '10月8日 09:00 – 12:00 计 3 小时 0 分：工作时间',
    );
  });

  it('adds up', () => {
    const ledger = [
      row('2026-10-08T09:00', '2026-10-08T12:00', { counted: true, rule: 'working-time' }),
      row('2026-10-08T12:00', '2026-10-08T13:30', { rule: 'lunch-break' }),
      row('2026-10-08T13:30', '2026-10-08T14:30', { counted: true, rule: 'working-time' }),
    ];

    expect(ledgerSum(t, ledger)).toBe('合计：计 4 小时 0 分，不计 1 小时 30 分');
  });

  it('counts days where the target has days', () => {
    const ledger = [
      row('2026-09-30T09:00', '2026-10-01T00:00', { rule: 'start-day', days: 1 }),
      row('2026-10-01T00:00', '2026-10-03T00:00', { counted: true, rule: 'calendar-day', days: 2 }),
      row('2026-10-03T00:00', '2026-10-08T00:00', { days: 5 }),
    ];

    expect(ledgerWords(t, ledger[1]!, 'zh-CN')).toBe('10月1日 00:00 – 10月3日 00:00 计 2 天：自然日');
    expect(ledgerSum(t, ledger)).toBe('合计：计 2 天，不计 6 天');
  });
});

describe('clocks', () => {
  it('that run come first, the nearest deadline on top', () => {
    const order = orderedClocks([
      clock({ calendarName: 'met', state: 'met', due: '2026-10-01T00:00:00+08:00' }),
      clock({ calendarName: 'later', due: '2026-10-09T00:00:00+08:00' }),
      clock({ calendarName: 'paused', state: 'stopped' }),
      clock({ calendarName: 'sooner', due: '2026-10-03T02:34:00+08:00' }),
    ]);

    expect(order.map(({ calendarName }) => calendarName)).toEqual(['sooner', 'later', 'paused', 'met']);
  });

  it('that were met after the deadline say so', () => {
    expect(stateWords(t, clock({ state: 'missed' }))).toBe('超期完成');
    expect(stateWords(t, clock({ state: 'met' }))).toBe('按期完成');
    expect(stateWords(t, clock({ state: 'left' }))).toBe('阶段已离开，未超期');
    expect(stateWords(t, clock({ state: 'left', breachedAt: '2026-10-03T02:34:00+08:00' }))).toBe('阶段已离开，已超期');
  });

  it('count days where the target has days', () => {
    expect(countedWords(t, clock({ target: '25cd', countedSeconds: 86_400 * 3 }))).toBe('已计 3 天，共 25 个自然日');
    expect(countedWords(t, clock({ target: '4wh', countedSeconds: 5_450 }))).toBe('已计 1 小时 30 分，共 4 个工作小时');
    expect(countedWords(t, clock({ target: '2026-10-03T12:14:00+08:00', targetSeconds: 36_000, countedSeconds: 60 }))).toBe('已计 1 分，共 10 小时 0 分');
  });

  it('tell of each rung what it does and whether it fired', () => {
    const rung = { id: 'late', at: '+0', action: 'escalate', to: 'inspection', due: '2026-10-03T02:34:00+08:00' } as const;

    expect(rungAction(t, rung.action, rung.to)).toBe('督办至督查巡查');
    expect(rungState(t, rung, true, moment)).toBe('预计 10月3日 02:34');
    expect(rungState(t, rung, false, moment)).toBe('未触发');
    expect(rungState(t, { ...rung, firedAt: '2026-10-03T02:34:00+08:00' }, false, moment)).toBe('已于 10月3日 02:34 触发');
  });
});
