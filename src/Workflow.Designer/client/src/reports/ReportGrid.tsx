import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReportColumn, ReportRow, ReportTable } from '../api/types';
import { useLanguage } from '../i18n/language';
import { groupWords, tasksLink, valueWords, words } from './report';

/** Figures of groups across, those of everything together down. */
export function ReportGrid({ table }: { table: ReportTable }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const columns = inOrder(table);
  if (table.rows.length === 0 && table.total) {
    const total = table.total;
    return (
      <table className="table report-figures">
        <tbody>
          {columns.map(({ column, index }) => (
            <tr key={column.name}>
              <th scope="row" title={words(column.meaning, language)}>
                {words(column.title, language)}
              </th>
              <Value table={table} column={column} value={total.values[index]} />
            </tr>
          ))}
        </tbody>
      </table>
    );
  }
  const row = (one: ReportRow, name: string, isTotal: boolean) => (
    <tr key={isTotal ? 'total' : `key ${one.key}`} className={isTotal ? 'report-total' : undefined}>
      <th scope="row">{name}</th>
      {columns.map(({ column, index }) => (
        <Value key={column.name} table={table} column={column} value={one.values[index]} {...(isTotal ? {} : { row: one })} />
      ))}
    </tr>
  );
  return (
    <div className="report-scroll" tabIndex={0} role="region" aria-label={t('reports.figures')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('reports.group')}</th>
            {columns.map(({ column }) => (
              <th scope="col" key={column.name} title={words(column.meaning, language)}>
                {words(column.title, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((one) => row(one, groupWords(t, language, table.by, one), false))}
          {table.total && row(table.total, t('reports.total'), true)}
        </tbody>
      </table>
    </div>
  );
}

/** Shares before the counts that they are made of; otherwise as they come. */
function inOrder(table: ReportTable): { column: ReportColumn; index: number }[] {
  const all = table.columns.map((column, index) => ({ column, index }));
  return [...all.filter(({ column }) => column.unit === 'share'), ...all.filter(({ column }) => column.unit !== 'share')];
}

function Value({ table, column, value, row }: { table: ReportTable; column: ReportColumn; value: number | null | undefined; row?: ReportRow }) {
  const { t } = useTranslation();
  const text = valueWords(t, value, column.unit);
  const link = value ? tasksLink(table, column, row) : undefined;
  return <td>{link ? <Link to={link}>{text}</Link> : text}</td>;
}
