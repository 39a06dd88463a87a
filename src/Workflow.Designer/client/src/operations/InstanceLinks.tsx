import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface Props {
  id: string;
  definitionId?: string | null | undefined;
  taskNumber?: string | null | undefined;
  taskSubject?: string | null | undefined;
}

/** Which instance it is about, and the task that it is. */
export function InstanceLinks({ id, definitionId, taskNumber, taskSubject }: Props) {
  const { t } = useTranslation();
  return (
    <p className="op-links">
      <Link to={`/instances/${id}`}>{definitionId || t('operations.instance')}</Link>
      {taskNumber && (
        <Link to={`/tasks/${id}`}>
          {t('operations.openTask', { number: taskNumber })} {taskSubject}
        </Link>
      )}
    </p>
  );
}
