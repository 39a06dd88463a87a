import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { WorkItemCard } from '../api/types';
import { receiverOf, type Given } from '../task/workItem/actions';
import { ReceiverSelect } from '../task/workItem/ReceiverSelect';

interface Props {
  /** Receivers are those of the first; whoever cannot get one of the others is refused for that one. */
  items: readonly WorkItemCard[];
  onSend: (to: { team?: string; person?: string; reason?: string }) => void;
  onClose: () => void;
}

/** Asks to whom all that is selected goes. */
export function BulkTransfer({ items: [first], onSend, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Given>();
  const receiver = t('action.field.receiver');
  if (!first) return null;
  return (
    <Modal open title={t('bulk.transfer')} okText={t('bulk.transfer')} cancelText={t('action.close')} onOk={() => form.submit()} onCancel={onClose} destroyOnHidden>
      <Form<Given> form={form} layout="vertical" onFinish={({ receiver: to, reason }) => onSend({ ...(typeof to === 'string' ? receiverOf(to) : {}), ...(typeof reason === 'string' && reason.trim() ? { reason: reason.trim() } : {}) })}>
        <Form.Item name="receiver" label={receiver} rules={[{ required: true, message: t('action.required', { field: receiver }) }]}>
          <ReceiverSelect item={first.id} command="transfer" kind="receiver" />
        </Form.Item>
        <Form.Item name="reason" label={t('action.field.reason')}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
