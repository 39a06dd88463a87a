import { Form, Input, InputNumber, Radio, Select, type FormItemProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from './formSchema';

/** One field per property, in the order of the schema. The texts are the definition's own. */
export function FormFields({ fields }: { fields: readonly Field[] }) {
  return fields.map((field) => <FormField key={field.name} field={field} />);
}

function FormField({ field }: { field: Field }) {
  const { t } = useTranslation();
  // `whitespace` makes it a rule for strings, which a number would break.
  const isText = field.kind === 'text' || field.kind === 'textarea';
  const required = { required: true, message: t('item.required', { field: field.title }) };
  const rules: FormItemProps['rules'] = field.required ? [isText ? { ...required, whitespace: true } : required] : [];
  return (
    <Form.Item name={[field.name]} label={field.title} extra={field.description} rules={rules}>
      {controlFor(field, t('item.yes'), t('item.no'), t('item.chooseOne'))}
    </Form.Item>
  );
}

function controlFor(field: Field, yes: string, no: string, chooseOne: string) {
  const { title, maxLength, minimum, maximum, choices } = field;
  const range = { ...(minimum === undefined ? {} : { min: minimum }), ...(maximum === undefined ? {} : { max: maximum }) };
  switch (field.kind) {
    case 'choice':
      return choices.length <= 6 ? (
        <Radio.Group className="choices" aria-label={title} options={choices.map((choice) => ({ value: choice, label: String(choice) }))} />
      ) : (
        <Select virtual={false} placeholder={chooseOne} allowClear options={choices.map((choice) => ({ value: choice, label: String(choice) }))} />
      );
    case 'boolean':
      return (
        <Radio.Group
          className="choices choices-row"
          aria-label={title}
          options={[
            { value: true, label: yes },
            { value: false, label: no },
          ]}
        />
      );
    case 'number':
      return <InputNumber className="number-input" inputMode="decimal" controls={false} {...range} />;
    case 'integer':
      return <InputNumber className="number-input" inputMode="numeric" controls={false} precision={0} {...range} />;
    case 'textarea':
      return <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} {...limit(maxLength)} />;
    default:
      return <Input {...(maxLength === undefined ? {} : { maxLength })} />;
  }
}

const limit = (maxLength: number | undefined) => (maxLength === undefined ? {} : { maxLength, showCount: true });
