import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { keys } from '../api/queries';
import { withFilter } from '../lists/filter';
import { Empty, Fetched } from '../ui/PageState';
import { Tabs } from '../ui/Tabs';
import { fileLink, queryOf, reports, unfiltered, type ReportName } from './report';
import { ReportFilterBar } from './ReportFilterBar';
import { ReportGrid } from './ReportGrid';
import './reports.css';

const ReportChart = lazy(() => import('./ReportChart'));

export default function ReportsPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const report = reports.find((one) => one === address.get('report')) ?? 'indicators';
  const query = queryOf(address, report);
  return (
    <div className="list-tabs">
      <h1 className="page-title">{t('reports.title')}</h1>
      <Tabs<ReportName>
        label={t('reports.kinds')}
        selected={report}
        onSelect={(next) => setAddress(withFilter(address, { report: next === 'indicators' ? undefined : next } as object), { replace: true })}
        tabs={reports.map((id) => ({ id, text: t(`reports.kind.${id}`) }))}
      >
        <ReportFilterBar report={report} query={query} onChange={(change) => setAddress(withFilter(address, change), { replace: true })} />
        <div className="report-files">
          {(['xlsx', 'csv'] as const).map((format) => (
            <Button key={format} href={fileLink(report, query, format)} download>
              {t('reports.download', { format: format.toUpperCase() })}
            </Button>
          ))}
        </div>
        <Report report={report} query={query} onClear={() => setAddress(unfiltered(address), { replace: true })} key={report} />
      </Tabs>
    </div>
  );
}

function Report({ report, query, onClear }: { report: ReportName; query: Record<string, string>; onClear: () => void }) {
  const { t } = useTranslation();
  const [column, setColumn] = useState<string>();
  const table = useQuery({
    queryKey: keys.report(report, query),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/reports/{report}', { params: { path: { report }, query }, signal })),
  });
  return (
    <Fetched query={table} onClear={onClear}>
      {(read) => (
        <>
          {read.rows.length > 0 && (
            <Suspense fallback={<div className="report-chart" />}>
              <ReportChart table={read} column={column} onColumn={setColumn} />
            </Suspense>
          )}
          {read.rows.length === 0 && !read.total ? <Empty title={t('reports.empty')} hint={t(report === 'work' || report === 'pauses' ? 'reports.emptyEndedHint' : 'reports.emptyHint')} /> : <ReportGrid table={read} />}
        </>
      )}
    </Fetched>
  );
}
