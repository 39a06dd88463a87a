import { Form, Input, InputNumber, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DefinitionInput } from '../api/types';
import { controlOf } from './inputTypes';

export function InputField({ input }: { input: DefinitionInput }) {
  const label = input.displayName || input.name;
  return (
    <Form.Item name={['inputs', input.name]} label={label}>
      <Control input={input} label={label} />
    </Form.Item>
  );
}

/** Passes on what Form.Item hands to its child (id, value, onChange). */
function Control({ input, label, ...given }: { input: DefinitionInput; label: string }) {
  const { t } = useTranslation();
  switch (controlOf(input)) {
    case 'number':
      return <InputNumber {...given} className="number-input" inputMode="decimal" controls={false} />;
    case 'integer':
      return <InputNumber {...given} className="number-input" inputMode="numeric" precision={0} controls={false} />;
    case 'boolean':
      return (
        <Radio.Group
          {...given}
          className="choices choices-row"
          aria-label={label}
          options={[
            { value: true, label: t('item.yes') },
            { value: false, label: t('item.no') },
          ]}
        />
      );
    case 'moment':
      return <Input {...given} type="datetime-local" />;
    default:
      return <Input {...given} maxLength={2000} />;
  }
}
