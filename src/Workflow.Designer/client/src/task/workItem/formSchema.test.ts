import i18next from 'i18next';
import { describe, expect, it, vi } from 'vitest';
import { ProblemFailure } from '../../api/failure';
import { workItem } from '../../testing/server';
import { fieldsOf, titlesOf, valuesOf } from './formSchema';
import { missingEvidence, sortErrors } from './problems';
import { takenAt } from './useUploads';

const { t } = i18next;

const fields = fieldsOf({
  type: 'object',
  required: ['pm25', 'source'],
  properties: {
    pm25: { type: 'number', title: '浓度', description: '读三次', minimum: 0 },
    count: { type: ['integer', 'null'] },
    source: { enum: ['工地', '机动车'] },
    onSite: { type: 'boolean' },
    note: { type: 'string', format: 'textarea', maxLength: 500 },
    strange: { type: 'array' },
  },
});

describe('a form', () => {
  it('is made of the schema\'s properties, in their order', () => {
    expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['pm25', 'number', true],
      ['count', 'integer', false],
      ['source', 'choice', true],
      ['onSite', 'boolean', false],
      ['note', 'textarea', false],
      ['strange', 'text', false],
    ]);
    expect(fields[0]).toMatchObject({ title: '浓度', description: '读三次', minimum: 0 });
    expect(titlesOf(fields).count).toBe('count');
  });

  it.each([[undefined], [null], ['text'], [{}], [{ properties: [] }]])('made of %j has no fields', (schema) => {
    expect(fieldsOf(schema)).toEqual([]);
  });

  it('sends what was filled in and nothing else', () => {
    expect(valuesOf(fields, { pm25: 0, source: '工地', onSite: false, note: '  ', count: null, other: 1 })).toEqual({ pm25: 0, source: '工地', onSite: false });
  });
});

describe('what the server found wrong', () => {
  it('is sorted to where it belongs', () => {
    const failure = new ProblemFailure(422, {
      errors: [
        { pointer: '/values/pm25', expected: '0 到 1000', found: '2000' },
        { pointer: '/values/pm25', expected: '一位小数', found: '2000' },
        { pointer: '/evidence/photo', expected: '1', found: '0' },
        { pointer: '/values/unknown', expected: '没有这个字段', found: '' },
      ],
    });

    expect(sortErrors(t, failure, fields)).toEqual({
      fields: [{ name: 'pm25', errors: ['应为 0 到 1000，实际是 2000', '应为 一位小数，实际是 2000'] }],
      evidence: ['应为 1，实际是 0'],
      other: ['/values/unknown: 应为 没有这个字段'],
    });
  });
});

describe('evidence', () => {
  it('that is required and missing is counted by kind', () => {
    expect(missingEvidence(t, workItem({ evidenceRequired: { photo: 2 } }))).toEqual(['还差 2 份照片']);
    expect(missingEvidence(t, workItem())).toEqual([]);
  });

  it('was taken at the server\'s time, whatever the phone\'s clock says', () => {
    vi.spyOn(performance, 'now').mockReturnValue(1_000);
    const file = new File(['x'], 'a.jpg', { lastModified: Date.now() - 60_000 });
    const time = { now: Date.parse('2026-10-03T02:21:00+08:00'), speed: 1, demo: true, readAt: 1_000 };

    const taken = Date.parse(takenAt(file, time) ?? '');

    expect(Math.abs(taken - Date.parse('2026-10-03T02:20:00+08:00'))).toBeLessThan(2_000);
  });
});
