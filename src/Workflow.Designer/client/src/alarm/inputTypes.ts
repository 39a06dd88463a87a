import type { DefinitionInput } from '../api/types';

export type InputControl = 'text' | 'number' | 'integer' | 'boolean' | 'moment';

/** How a definition's input is asked for, by its type name; written `Double`, `Double?` or `System.Double`. */
export function controlOf(input: Pick<DefinitionInput, 'type'>): InputControl {
  const name = (input.type.split(',')[0] ?? '').split('.').at(-1)?.replace('?', '').trim().toLowerCase();
  switch (name) {
    case 'double':
    case 'single':
    case 'decimal':
      return 'number';
    case 'int16':
    case 'int32':
    case 'int64':
    case 'long':
      return 'integer';
    case 'boolean':
      return 'boolean';
    case 'datetime':
    case 'datetimeoffset':
      return 'moment';
    default:
      return 'text';
  }
}

/** What was typed, as the server wants it: empty ones left out, local date-times in the city's time. */
export function inputsOf(inputs: readonly DefinitionInput[], typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const input of inputs) {
    const value = typed[input.name];
    if (value === undefined || value === null || value === '') continue;
    values[input.name] = controlOf(input) === 'moment' ? `${String(value).padEnd(19, ':00')}+08:00` : value;
  }
  return values;
}
