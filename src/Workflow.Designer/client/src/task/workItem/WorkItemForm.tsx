import { Alert, Button, Form } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplete, useRelease } from '../../api/commands';
import type { OutcomeView, WorkItemView } from '../../api/types';
import { failureWords } from '../../ui/failureWords';
import { useToast } from '../../ui/Toast';
import { outcomeWords } from '../../ui/outcomeWords';
import { clearDraft, readDraft, saveDraft } from './draft';
import { EvidencePanel } from './EvidencePanel';
import { FormFields } from './FormFields';
import { fieldsOf, valuesOf, type Values } from './formSchema';
import { missingEvidence, sortErrors } from './problems';
import type { useUploads } from './useUploads';

interface Props {
  item: WorkItemView;
  userId: string;
  uploads: ReturnType<typeof useUploads>;
  /** What stands between the form and the bar of outcomes, which is the last on the page so that it stays in reach. */
  children: ReactNode;
}

/** What the person who claimed it fills in: evidence, form, and one press on the outcome. */
export function WorkItemForm({ item, userId, uploads, children }: Props) {
  const { t } = useTranslation();
  const say = useToast();
  const [form] = Form.useForm<Values>();
  const [evidenceErrors, setEvidenceErrors] = useState<readonly string[]>([]);
  /** Pressed once: from then on what is missing is said, and unsaid as it arrives. */
  const [pressed, setPressed] = useState(false);
  const [failed, setFailed] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<string>();
  const failedBox = useRef<HTMLDivElement>(null);
  const complete = useComplete();
  const release = useRelease();
  const { card } = item;
  const fields = fieldsOf(item.form);
  const missing = uploads.running ? [t('item.uploadRunning')] : missingEvidence(t, item);
  const showEvidence = () => document.getElementById('evidence')?.scrollIntoView({ block: 'center' });

  useEffect(() => {
    if (failed.length > 0) failedBox.current?.scrollIntoView({ block: 'nearest' });
  }, [failed]);

  async function submit(outcome: OutcomeView): Promise<void> {
    setFailed([]);
    setEvidenceErrors([]);
    setPressed(true);
    const typed = await form.validateFields().catch((invalid: { errorFields?: { name: string[] }[] }) => {
      const first = invalid.errorFields?.[0];
      if (first) form.scrollToField(first.name, { block: 'center', focus: true });
      return undefined;
    });
    if (typed && missing.length > 0) showEvidence();
    if (!typed || missing.length > 0) return;

    setChosen(outcome.name);
    const values = fields.length > 0 ? valuesOf(fields, typed) : undefined;
    complete.mutate(
      { ...card, outcome: outcome.name, values },
      {
        onSuccess: () => clearDraft(userId, card.id),
        onError: (failure) => showFailure(failure),
      },
    );
  }

  function showFailure(failure: unknown): void {
    const sorted = sortErrors(t, failure, fields);
    form.setFields(sorted.fields.map(({ name, errors }) => ({ name: [name], errors })));
    setEvidenceErrors(sorted.evidence);
    const first = sorted.fields[0];
    if (first) form.scrollToField([first.name], { block: 'center', focus: true });
    else if (sorted.evidence.length > 0) showEvidence();
    if (!first || sorted.other.length > 0) setFailed([failureWords(t, failure), ...sorted.other]);
  }

  return (
    <>
      <EvidencePanel item={item} uploads={uploads} errors={pressed ? [...missing, ...evidenceErrors] : []} editable />
      {fields.length > 0 && (
        <section className="card" aria-labelledby="form-title">
          <h2 id="form-title">{t('item.form')}</h2>
          <Form<Values>
            form={form}
            layout="vertical"
            initialValues={readDraft(userId, card.id)}
            onValuesChange={(_changed, all) => saveDraft(userId, card.id, all)}
          >
            <FormFields fields={fields} />
          </Form>
          <p className="quiet small">{t('item.draftKept')}</p>
        </section>
      )}
      {fields.length === 0 && <Form form={form} hidden />}
      {children}
      <div className="failed" ref={failedBox}>
        {failed.length > 0 && (
          <Alert type="error" showIcon role="alert" title={failed[0]} description={failed.slice(1).map((line) => <p key={line}>{line}</p>)} />
        )}
      </div>
      <div className="action-bar">
        <Button
          size="large"
          type="text"
          title={t('item.releaseHint')}
          loading={release.isPending}
          disabled={complete.isPending}
          onClick={() =>
            release.mutate(card, {
              onSuccess: () => say(t('item.releasedToast')),
              onError: (failure) => say(failureWords(t, failure), 'failed'),
            })
          }
        >
          {t('item.release')}
        </Button>
        {item.outcomes.map((outcome, index) => (
          <Button
            key={outcome.name}
            size="large"
            type={index === 0 ? 'primary' : 'default'}
            className={index === 0 ? 'action-main' : 'action-other'}
            loading={complete.isPending && chosen === outcome.name}
            disabled={release.isPending || (complete.isPending && chosen !== outcome.name)}
            onClick={() => void submit(outcome)}
          >
            {outcomeWords(t, outcome.name, outcome.title)}
          </Button>
        ))}
      </div>
    </>
  );
}
