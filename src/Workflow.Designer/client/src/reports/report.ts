import type { TFunction } from 'i18next';
import type { ReportColumn, ReportRow, ReportTable, Words } from '../api/types';
import type { Language } from '../i18n/language';
import { dayOf, spanOf } from '../ui/time';

export const reports = ['indicators', 'durations', 'work', 'pauses', 'scorecard', 'ageing'] as const;
export type ReportName = (typeof reports)[number];

export const groups = ['all', 'jurisdiction', 'teamKind', 'team', 'person', 'definition', 'category', 'priority', 'source'] as const;

/** Groups that a report knows; none: it goes by something of its own. */
export function groupsOf(report: ReportName): readonly (typeof groups)[number][] {
  if (report === 'pauses') return [];
  return report === 'work' ? ['team', 'teamKind', 'person'] : groups;
}

const filters = ['from', 'to', 'by', 'area', 'teamKind', 'team', 'person', 'definitionId', 'category', 'priority', 'source', 'scorecard'] as const;

/** What is asked of the server, of what stands in the address. */
export function queryOf(address: URLSearchParams, report: ReportName): Record<string, string> {
  const asked = Object.fromEntries(filters.flatMap((name) => (address.get(name) ? [[name, address.get(name)!]] : [])));
  if (groups.some((group) => group === asked['by']) && !groupsOf(report).some((group) => group === asked['by'])) delete asked['by'];
  if (report !== 'scorecard') delete asked['scorecard'];
  return asked;
}

/** The address without period, groups and filters. */
export function unfiltered(address: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...address].filter(([name]) => name === 'report' || name === 'lang'));
}

/** Before this no task can have begun: what is earlier is a year half typed. */
const earliest = '2000-01-01';

/** What a day that is being typed is: not yet one, one that does not go with the other end of the period, or one to ask for. */
export function dayTyped(name: 'from' | 'to', day: string, other: string): 'unfinished' | 'wrong' | 'right' {
  if (day < earliest) return 'unfinished';
  return other && (name === 'from' ? day >= other : day <= other) ? 'wrong' : 'right';
}

/** The day of a time of the address, which may have come with a link. */
export const dayIn = (text: string | undefined): string | undefined => (text?.includes('T') && !Number.isNaN(Date.parse(text)) ? dayOf(Date.parse(text)) : text);

export const words = (text: Words, language: Language): string => (language === 'en' ? text.en : text.zh);

/** The page with the tasks behind a figure; undefined for a figure that is no count of tasks. Without a row: of the total. */
export function tasksLink(table: ReportTable, column: ReportColumn, row?: ReportRow): string | undefined {
  if (!column.count) return undefined;
  const query = table.tasks.slice(table.tasks.indexOf('?') + 1).replace('{count}', column.count);
  const key = /&(\w+)=\{key\}/.exec(query)?.[0] ?? '';
  return `/reports/tasks?${row ? query.replace('{key}', encodeURIComponent(row.key ?? '')) : query.replace(key, '')}`;
}

export function fileLink(report: ReportName, query: Record<string, string>, format: 'csv' | 'xlsx'): string {
  return `/api/v1/reports/${report}?${new URLSearchParams({ ...query, format }).toString()}`;
}

/** A figure in words; a dash where there is nothing to say. */
export function valueWords(t: TFunction, value: number | null | undefined, unit: ReportColumn['unit']): string {
  if (value === null || value === undefined) return '–';
  if (unit === 'share') return `${(value * 100).toFixed(1)}%`;
  if (unit === 'seconds') return spanOf(t, value * 1000);
  return unit === 'points' ? value.toFixed(2) : value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** The name of a group, in the reader's language where the system has one. */
export function groupWords(t: TFunction, language: Language, by: string, row: ReportRow): string {
  if (row.key === null || row.key === undefined) return t('reports.none');
  if (row.title) return words(row.title, language);
  if (by === 'teamKind') return t(`team.${row.key}` as 'team.techGrid');
  if (by === 'priority') return t(`priority.${row.key}` as 'priority.normal');
  if (by === 'source') return t(`reports.sourceOf.${row.key}` as 'reports.sourceOf.person');
  return row.label ?? row.key;
}

/** The first of the month in the city's time. */
export const monthBegin = (now: number): string => `${dayOf(now).slice(0, 8)}01`;
