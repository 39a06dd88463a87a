import { Select } from 'antd';
import { BarChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportTable } from '../api/types';
import { useLanguage } from '../i18n/language';
import { groupWords, valueWords, words } from './report';

use([BarChart, GridComponent, TooltipComponent, SVGRenderer]);

const mostBars = 30;
const barHeight = 24;

interface Props {
  table: ReportTable;
  column: string | undefined;
  onColumn: (name: string) => void;
}

/** One figure over the groups, the highest first. The table below says the same. */
export default function ReportChart({ table, column, onColumn }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const says = (at: number) => at >= 0 && table.rows.some((row) => row.values[at]);
  const preferred = ['onTimeHandling', 'score', 'total.p50'].map((name) => table.columns.findIndex((one) => one.name === name)).find(says);
  const index = Math.max(0, column === undefined ? (preferred ?? 0) : table.columns.findIndex((one) => one.name === column));
  const chosen = table.columns[index]!;
  const bars = table.rows
    .flatMap((row) => (typeof row.values[index] === 'number' ? [{ name: groupWords(t, language, table.by, row), value: row.values[index] }] : []))
    .sort((a, b) => b.value - a.value)
    .slice(0, mostBars);
  const drawn = JSON.stringify([bars, chosen.name, language]);

  useEffect(() => {
    if (!box.current) return undefined;
    const chart = init(box.current, null, { renderer: 'svg' });
    const format = (value: unknown) => valueWords(t, Number(value), chosen.unit);
    chart.setOption({
      animation: false,
      grid: { left: 8, right: 72, top: 8, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis', renderMode: 'richText', valueFormatter: format },
      xAxis: { type: 'value', min: 0, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: { type: 'category', inverse: true, data: bars.map((bar) => bar.name), axisLabel: { width: 120, overflow: 'truncate' } },
      series: [{ type: 'bar', barMaxWidth: 16, itemStyle: { color: '#0f766e' }, data: bars.map((bar) => bar.value), label: { show: true, position: 'right', formatter: ({ value }: { value: unknown }) => format(value) } }],
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
    // What is drawn says when to draw it again.
  }, [drawn]);

  return (
    <figure className="report-chart">
      <figcaption>
        <Select
          aria-label={t('reports.charted')}
          virtual={false}
          value={chosen.name}
          onChange={onColumn}
          options={table.columns.map((one) => ({ value: one.name, label: words(one.title, language) }))}
        />
      </figcaption>
      <div ref={box} role="img" aria-label={words(chosen.title, language)} style={{ height: Math.max(3, bars.length) * barHeight + 24 }} />
    </figure>
  );
}
