import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../api/types';
import { bytesOf, lagOf, msOf } from './words';

interface Tile {
  id: string;
  label: string;
  value: string;
  note: string;
  isAlarming?: boolean;
}

/** Less than this is little for evidence, logs and a growing database. */
const alarmingFreeBytes = 1024 ** 3;

/** Where the server stands, at a glance: what is red wants somebody. */
export function StatusPanel({ status }: { status: ServerStatus }) {
  const { t } = useTranslation();
  const { queue, timers, outbox, openIncidents, database } = status;
  const isLow = database.freeBytes < database.minFreeBytes;
  const tiles: Tile[] = [
    { id: 'incidents', label: t('operations.status.incidents'), value: String(openIncidents), note: t('operations.status.incidentsNote'), isAlarming: openIncidents > 0 },
    { id: 'dead', label: t('operations.status.dead'), value: String(outbox.dead), note: t('operations.status.deadNote'), isAlarming: outbox.dead > 0 },
    {
      id: 'timers',
      label: t('operations.status.timers'),
      value: String(timers.overdue),
      note: timers.overdue > 0 ? t('operations.status.timersNote', { span: lagOf(t, timers.lagSeconds) }) : t('operations.status.timersNone'),
    },
    {
      id: 'outbox',
      label: t('operations.status.outbox'),
      value: String(outbox.pending),
      note: outbox.pending > 0 ? t('operations.status.outboxNote', { span: lagOf(t, outbox.ageSeconds) }) : t('operations.status.outboxNone'),
    },
    {
      id: 'queue',
      label: t('operations.status.queue'),
      value: t('operations.status.queueOf', { length: queue.length, capacity: queue.capacity }),
      note: t('operations.status.queueNote', { commands: queue.commands, transactions: queue.transactions }),
      isAlarming: queue.length * 2 > queue.capacity,
    },
    {
      id: 'latency',
      label: t('operations.status.latency'),
      value: t('operations.status.latencyOf', { p50: queue.latencyP50Ms == null ? '–' : msOf(queue.latencyP50Ms), p99: queue.latencyP99Ms == null ? '–' : msOf(queue.latencyP99Ms) }),
      note: queue.batchSizes.length > 0 ? t('operations.status.batches', { sizes: queue.batchSizes.join(' · ') }) : t('operations.status.latencyNone'),
    },
    {
      id: 'database',
      label: t('operations.status.database', { provider: providers[database.provider] }),
      value: bytesOf(database.sizeBytes),
      note: t('operations.status.databaseNote'),
    },
    {
      id: 'disk',
      label: t('operations.status.free'),
      value: bytesOf(database.freeBytes),
      note: isLow ? t('operations.status.freeLow', { least: bytesOf(database.minFreeBytes) }) : t('operations.status.freeNote'),
      isAlarming: isLow || database.freeBytes < alarmingFreeBytes,
    },
  ];
  return (
    <section aria-label={t('operations.status.title')}>
      <dl className="tiles">
        {tiles.map((tile) => (
          <div key={tile.id} className={tile.isAlarming ? 'tile tile-alarming' : 'tile'} data-testid={`status-${tile.id}`}>
            <dt>{tile.label}</dt>
            <dd className="tile-value">{tile.value}</dd>
            <dd className="tile-note">{tile.note}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const providers: Record<ServerStatus['database']['provider'], string> = { sqlite: 'SQLite', postgres: 'PostgreSQL', sqlServer: 'SQL Server' };
