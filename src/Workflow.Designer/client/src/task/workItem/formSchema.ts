/** The part of JSON Schema that a work item's form is written in. What lies outside it is shown as a text field. */

export type FieldKind = 'text' | 'textarea' | 'number' | 'integer' | 'boolean' | 'choice';

export interface Field {
  name: string;
  title: string;
  description: string | undefined;
  kind: FieldKind;
  required: boolean;
  maxLength: number | undefined;
  minimum: number | undefined;
  maximum: number | undefined;
  choices: readonly Choice[];
}

export type Choice = string | number;
export type Values = Record<string, unknown>;

type Json = Record<string, unknown>;

export function fieldsOf(schema: unknown): Field[] {
  if (!isObject(schema) || !isObject(schema.properties)) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).map(([name, property]) => fieldOf(name, isObject(property) ? property : {}, required.includes(name)));
}

function fieldOf(name: string, property: Json, required: boolean): Field {
  const choices = Array.isArray(property.enum) ? property.enum.filter((one): one is Choice => typeof one === 'string' || typeof one === 'number') : [];
  return {
    name,
    title: text(property.title) ?? name,
    description: text(property.description),
    kind: choices.length > 0 ? 'choice' : kindOf(property),
    required,
    maxLength: number(property.maxLength),
    minimum: number(property.minimum),
    maximum: number(property.maximum),
    choices,
  };
}

function kindOf(property: Json): FieldKind {
  // `["string", "null"]` is a string that may be absent.
  const type = Array.isArray(property.type) ? property.type.find((one) => one !== 'null') : property.type;
  if (type === 'number' || type === 'integer' || type === 'boolean') return type;
  return property.format === 'textarea' ? 'textarea' : 'text';
}

/** Field values as the server wants them: what was left empty is left out, text is trimmed, and nothing but the form's fields. */
export function valuesOf(fields: readonly Field[], typed: Values): Values {
  const values: Values = {};
  for (const { name } of fields) {
    const value = typeof typed[name] === 'string' ? typed[name].trim() : typed[name];
    if (value !== undefined && value !== null && value !== '') values[name] = value;
  }
  return values;
}

export const titlesOf = (fields: readonly Field[]): Record<string, string> => Object.fromEntries(fields.map((field) => [field.name, field.title]));

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
