import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { rungWords, targetWords } from './durations';
import { dueWords } from './Due';
import { countdownOf, momentOf, nearMomentOf, rangeOf, spanOf } from './time';

const { t } = i18next;
const at = (local: string): number => Date.parse(`${local}+08:00`);
const now = at('2026-10-03T02:21:19');

describe('times', () => {
  it('are the city\'s, whatever the zone they are written in', () => {
    expect(momentOf(Date.parse('2026-10-02T18:14:00Z'), 'zh-CN')).toBe('10月3日 02:14');
    expect(momentOf(Date.parse('2026-10-02T18:14:00Z'), 'en')).toBe('3 Oct 02:14');
  });

  it('carry the year when it is another one', () => {
    expect(momentOf(at('2027-01-04T09:00:00'), 'zh-CN', now)).toBe('2027年1月4日 09:00');
  });

  it('begin the day at 00:00', () => {
    expect(momentOf(at('2026-10-04T00:00:00'), 'zh-CN')).toBe('10月4日 00:00');
  });

  it('near now leave out the date', () => {
    expect(nearMomentOf(t, at('2026-10-03T23:59:00'), now, 'zh-CN')).toBe('23:59');
    expect(nearMomentOf(t, at('2026-10-04T00:00:00'), now, 'zh-CN')).toBe('明天 00:00');
    expect(nearMomentOf(t, at('2026-10-02T23:00:00'), now, 'zh-CN')).toBe('昨天 23:00');
    expect(nearMomentOf(t, at('2026-10-12T12:00:00'), now, 'zh-CN')).toBe('10月12日 12:00');
  });

  it('of a range repeat the date only when it changes', () => {
    expect(rangeOf(at('2026-10-08T09:00:00'), at('2026-10-08T12:00:00'), 'zh-CN')).toBe('10月8日 09:00 – 12:00');
    expect(rangeOf(at('2026-10-08T09:00:05'), at('2026-10-08T09:00:40'), 'zh-CN')).toBe('10月8日 09:00:05 – 09:00:40');
    expect(rangeOf(at('2026-12-31T17:00:00'), at('2027-01-01T00:00:00'), 'zh-CN')).toBe('12月31日 17:00 – 2027年1月1日 00:00');
  });
});

describe('spans', () => {
  it.each([
    [761_000, '12:41'],
    [59_999, '00:59'],
    [-806_000, '13:26'],
    [7_421_000, '2:03:41'],
    [86_400_000 * 9 + 3_600_000 * 9, '9 天 9 小时'],
  ])('count down %d ms as %s', (ms, words) => {
    expect(countdownOf(t, ms)).toBe(words);
  });

  it.each([
    [3 * 3_600_000, '3 小时 0 分'],
    [20 * 60_000, '20 分'],
    [90_000, '1 分 30 秒'],
    [30 * 3_600_000 + 90_000, '30 小时 1 分'],
  ])('say %d ms as %s', (ms, words) => {
    expect(spanOf(t, ms)).toBe(words);
  });

  it.each([
    ['PT20M', '20 分钟'],
    ['PT24H', '24 小时'],
    ['PT1H30M', '1 小时 30 分钟'],
    ['PT5S', '5 秒'],
    ['P2D', '2 天'],
    ['4wh', '4 个工作小时'],
    ['3wd', '3 个工作日'],
    ['15cd', '15 个自然日'],
    ['6mo', '6 个月'],
    ['2026-12-31T00:00:00+08:00', '2026-12-31T00:00:00+08:00'],
    ['PT', 'PT'],
  ])('read the target %s as %s', (target, words) => {
    expect(targetWords(t, target)).toBe(words);
  });

  it.each([
    ['50%', '用时 50% 时'],
    ['+0', '到期时'],
    ['+PT10M', '到期后 10 分钟'],
    ['-1wd', '到期前 1 个工作日'],
    ['someday', 'someday'],
  ])('read the rung at %s as %s', (rung, words) => {
    expect(rungWords(t, rung)).toBe(words);
  });
});

describe('a due time', () => {
  it('says by when and how long is left', () => {
    expect(dueWords(t, '2026-10-03T02:34:00+08:00', 'response', now, 'zh-CN')).toEqual({ by: '02:34 前响应', left: '剩 12:41', late: false });
  });

  it('says how late it is', () => {
    expect(dueWords(t, '2026-10-03T02:08:00+08:00', 'handling', now, 'zh-CN')).toEqual({ by: '02:08 前处置', left: '已超期 13:19', late: true });
  });

  it('says nothing about what is left before the server\'s time is known', () => {
    expect(dueWords(t, '2026-10-03T02:34:00+08:00', 'task', undefined, 'zh-CN')).toEqual({ by: '10月3日 02:34 前办结', left: undefined, late: false });
  });
});
