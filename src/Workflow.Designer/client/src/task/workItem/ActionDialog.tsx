import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, valueOf } from '../../api/client';
import { useItemAction } from '../../api/commands';
import { ProblemFailure } from '../../api/failure';
import type { PauseReasonView, WorkItemCommand, WorkItemView } from '../../api/types';
import { failureWords } from '../../ui/failureWords';
import { pauseName, pauseRules } from './pauseWords';
import { useToast } from '../../ui/Toast';
import { actionForms, bodyOf, nameOf, type Field, type Given } from './actions';
import { ReceiverSelect } from './ReceiverSelect';

interface Props {
  item: WorkItemView;
  command: WorkItemCommand;
  onClose: () => void;
}

/** The reasons for a suspension: those that a clock of the item names, else the catalogue. */
function usePauseReasons(item: WorkItemView, command: WorkItemCommand): PauseReasonView[] {
  const catalogue = useQuery({
    queryKey: ['pauses', 'reasons'],
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/pauses/reasons', { signal })),
    enabled: command === 'suspend' && item.pauseReasons.length === 0,
  });
  if (command !== 'suspend') return [];
  return item.pauseReasons.length > 0 ? item.pauseReasons : (catalogue.data ?? []);
}

/** Asks for what a command needs, and says what the server says to it. */
export function ActionDialog({ item, command, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const say = useToast();
  const [form] = Form.useForm<Given>();
  const act = useItemAction();
  const reasons = usePauseReasons(item, command);
  const reason = Form.useWatch('reason', form);
  const pause = command === 'suspend' ? item.pauseReasons.find((one) => one.id === reason) : undefined;
  // What the reason asks for; a document can only be named where there is one.
  const fields = (actionForms[command]?.fields ?? [])
    .filter((field) => field !== 'evidence?' || item.evidence.length > 0 || pause?.evidence)
    .map((field) => ((field === 'evidence?' && pause?.evidence) || (field === 'note?' && pause?.note) ? nameOf(field) : field));
  const verb = t(`action.name.${command}`);
  const hint = i18n.exists(`action.hint.${command}`) ? t(`action.hint.${command}` as 'action.hint.decline') : undefined;
  const submit = (given: Given) =>
    act.mutate(
      { ...item.card, route: actionForms[command]?.route ?? '', body: bodyOf(command, given, item.card.revision) },
      {
        onSuccess: () => {
          say(t('action.done', { command: verb }));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={verb}
      okText={verb}
      cancelText={t('action.close')}
      okButtonProps={{ loading: act.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      {hint && <p className="quiet action-hint">{hint}</p>}
      <Form<Given> form={form} layout="vertical" onFinish={submit} onValuesChange={() => act.reset()}>
        {fields.map((field) => {
          const name = nameOf(field);
          const label = t(`action.field.${name}`);
          return (
            <Form.Item
              key={name}
              name={name}
              label={label}
              rules={field.endsWith('?') ? [] : [{ required: true, message: t('action.required', { field: label }) }]}
            >
              {inputOf(name)}
            </Form.Item>
          );
        })}
      </Form>
      {pause && <p className="quiet action-hint">{pauseRules(t, pause)}</p>}
      {act.error && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={failureWords(t, act.error)}
          description={act.error instanceof ProblemFailure ? act.error.message : undefined}
        />
      )}
    </Modal>
  );

  function inputOf(field: Field) {
    switch (field) {
      case 'team':
      case 'proposedTeam':
      case 'receiver':
      case 'person':
      case 'people':
      case 'signers':
        return <ReceiverSelect item={item.card.id} command={command} kind={field} />;
      case 'to':
        return (
          <Select
            virtual={false}
            options={item.returnTargets.map((target) => ({
              value: target.key,
              label:
                target.title == null
                  ? t('action.stage', { stage: t(`stage.${target.stage}`) })
                  : target.stage === item.card.stage
                    ? target.title
                    : t('action.step', { stage: t(`stage.${target.stage}`), title: target.title }),
            }))}
          />
        );
      case 'approved':
        return (
          <Radio.Group
            options={[
              { value: true, label: t('action.approve') },
              { value: false, label: t('action.refuse') },
            ]}
          />
        );
      case 'evidence':
        return <Select virtual={false} mode="multiple" options={item.evidence.map((piece) => ({ value: piece.id, label: piece.fileName }))} />;
      case 'amount':
        return <Input maxLength={32} autoComplete="off" placeholder="4wh" />;
      case 'reason':
        if (reasons.length > 0) return <Select virtual={false} options={reasons.map((one) => ({ value: one.id, label: pauseName(i18n.language, one) }))} />;
        return <Input.TextArea rows={3} maxLength={500} />;
      default:
        return <Input.TextArea rows={3} maxLength={2000} />;
    }
  }
}
