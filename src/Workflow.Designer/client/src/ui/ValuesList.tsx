import { useTranslation } from 'react-i18next';

interface Props {
  /** Anything but an object with something in it shows nothing. */
  values: unknown;
  /** Titles from the form, by name; a value without one is shown under its name. */
  titles?: Readonly<Record<string, string>>;
}

export function ValuesList({ values, titles = {} }: Props) {
  const { t } = useTranslation();
  const show = (value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'item.yes' : 'item.no');
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  const entries = Object.entries(typeof values === 'object' && values !== null ? values : {});
  const filled = entries.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (filled.length === 0) return null;
  return (
    <dl className="values">
      {filled.map(([name, value]) => (
        <div key={name}>
          <dt>{titles[name] ?? name}</dt>
          <dd>{show(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
