import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemFailure } from '../api/failure';
import { useDecision, type Decision, type Given } from '../api/operations';
import { failureWords } from '../ui/failureWords';
import { useToast } from '../ui/Toast';

export interface Question {
  decision: Decision;
  title: string;
  hint: string;
  /** On the button. */
  verb: string;
  done: string;
  isReasonRequired?: boolean;
  asksOutcome?: boolean;
  isDangerous?: boolean;
}

/** The one dialog of the page: what is to be decided, why, and what the server says to it. */
export function useDecisionDialog() {
  const [question, setQuestion] = useState<Question>();
  return { ask: setQuestion, dialog: question && <DecisionDialog question={question} onClose={() => setQuestion(undefined)} /> };
}

function DecisionDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useToast();
  const [form] = Form.useForm<Given>();
  const decide = useDecision();
  const submit = (given: Given) =>
    decide.mutate(
      { decision: question.decision, given },
      {
        onSuccess: () => {
          say(question.done);
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={question.title}
      okText={question.verb}
      cancelText={t('operations.form.close')}
      okButtonProps={{ danger: question.isDangerous === true, loading: decide.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="quiet decision-hint">{question.hint}</p>
      <Form<Given> form={form} layout="vertical" onFinish={submit} onValuesChange={() => decide.reset()}>
        {question.asksOutcome && (
          <Form.Item name="outcome" label={t('operations.form.outcome')} extra={t('operations.form.outcomeHint')}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('operations.form.reason')}
          rules={question.isReasonRequired ? [{ required: true, whitespace: true, message: t('operations.form.reasonMissing') }] : []}
        >
          <Input maxLength={200} showCount autoComplete="off" />
        </Form.Item>
      </Form>
      {decide.error && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={failureWords(t, decide.error)}
          description={decide.error instanceof ProblemFailure ? decide.error.message : undefined}
        />
      )}
    </Modal>
  );
}
