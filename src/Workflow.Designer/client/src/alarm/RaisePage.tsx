import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, valueOf } from '../api/client';
import { useRaise } from '../api/commands';
import { ProblemFailure } from '../api/failure';
import { keys, usePermission } from '../api/queries';
import type { DefinitionSummary, RaiseTask } from '../api/types';
import { failureWords, fieldWords, pathOf } from '../ui/failureWords';
import { useToast } from '../ui/Toast';
import { Empty, Fetched } from '../ui/PageState';
import { AreaSelect } from './AreaSelect';
import { InputField } from './InputField';
import { inputsOf } from './inputTypes';
import './alarm.css';

type Typed = Omit<RaiseTask, 'inputs'> & { inputs?: Record<string, unknown> };

export default function RaisePage() {
  const { t } = useTranslation();
  const allowed = usePermission('raise-tasks');
  const query = useQuery({
    queryKey: keys.definitions,
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/task-definitions', { signal })),
    enabled: allowed,
  });
  if (!allowed) return <Empty title={t('app.noAccess')} />;
  return (
    <div className="raise">
      <h1>{t('raise.title')}</h1>
      <p className="quiet">{t('raise.lead')}</p>
      <Fetched query={query} rows={1}>
        {(definitions) => (definitions.length > 0 ? <RaiseForm definitions={definitions} /> : <Empty title={t('raise.noDefinitions')} />)}
      </Fetched>
    </div>
  );
}

function RaiseForm({ definitions }: { definitions: readonly DefinitionSummary[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const say = useToast();
  const [form] = Form.useForm<Typed>();
  const raise = useRaise();
  const definitionId = Form.useWatch('definitionId', form);
  const definition = definitions.find((one) => one.definitionId === definitionId);
  const only = definitions.length === 1 ? definitions[0]?.definitionId : undefined;

  function submit(typed: Typed): void {
    const inputs = inputsOf(definition?.inputs ?? [], typed.inputs ?? {});
    const { definitionId, areaCode, subject, priority } = typed;
    raise.mutate(
      { definitionId, areaCode, subject: subject.trim(), priority, ...(Object.keys(inputs).length > 0 ? { inputs } : {}) },
      {
        onSuccess({ id, number }) {
          say(t('raise.done', { number }));
          void navigate(`/tasks/${id}`);
        },
        onError: showErrors,
      },
    );
  }

  function showErrors(failure: unknown): void {
    if (!(failure instanceof ProblemFailure)) return;
    form.setFields(failure.errors.map((error) => ({ name: pathOf(error.pointer) as never, errors: [fieldWords(t, error)] })));
  }

  return (
    <Form<Typed>
      form={form}
      className="card"
      layout="vertical"
      initialValues={{ priority: 'normal', ...(only ? { definitionId: only } : {}) }}
      onFinish={submit}
      scrollToFirstError={{ block: 'center', focus: true }}
    >
      <Form.Item
        name="definitionId"
        label={t('raise.definition')}
        extra={definition?.description}
        rules={[{ required: true, message: t('raise.definitionMissing') }]}
      >
        <Select
          virtual={false}
          placeholder={t('item.chooseOne')}
          showSearch={{ optionFilterProp: 'label' }}
          options={definitions.map((one) => ({ value: one.definitionId, label: one.name }))}
        />
      </Form.Item>
      <Form.Item name="areaCode" label={t('raise.place')} rules={[{ required: true, message: t('raise.placeMissing') }]}>
        <AreaSelect />
      </Form.Item>
      <Form.Item name="subject" label={t('raise.subject')} rules={[{ required: true, whitespace: true, message: t('raise.subjectMissing') }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={200} showCount placeholder={t('raise.subjectHint')} />
      </Form.Item>
      <Form.Item name="priority" label={t('raise.priority')}>
        <Radio.Group
          aria-label={t('raise.priority')}
          optionType="button"
          options={[
            { value: 'normal', label: t('priority.normal') },
            { value: 'urgent', label: t('priority.urgent') },
          ]}
        />
      </Form.Item>
      {definition && definition.inputs.length > 0 && (
        <fieldset className="raise-inputs">
          <legend>{t('raise.inputs')}</legend>
          {definition.inputs.map((input) => (
            <InputField key={`${definition.definitionId}.${input.name}`} input={input} />
          ))}
        </fieldset>
      )}
      {raise.error && <Alert className="raise-failed" type="error" showIcon role="alert" title={failureWords(t, raise.error)} />}
      <Button type="primary" size="large" htmlType="submit" loading={raise.isPending} className="raise-submit">
        {t('raise.submit')}
      </Button>
    </Form>
  );
}
