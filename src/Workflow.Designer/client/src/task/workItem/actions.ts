import type { WorkItemCommand } from '../../api/types';

/** What a command's dialog asks for. */
export type Field = 'reason' | 'note' | 'result' | 'text' | 'amount' | 'person' | 'people' | 'signers' | 'team' | 'proposedTeam' | 'receiver' | 'to' | 'approved';

interface Form {
  route: string;
  /** A question mark: may be left empty. */
  fields: readonly (Field | `${Field}?`)[];
  /** Names the revision that was seen. */
  seen: boolean;
}

/** How a command is asked for and sent. Which of them there are for whom is the server's to say. */
export const actionForms: Partial<Record<WorkItemCommand, Form>> = {
  decline: { route: 'decline', fields: ['proposedTeam', 'reason'], seen: true },
  rule: { route: 'ruling', fields: ['team', 'reason'], seen: true },
  transfer: { route: 'transfer', fields: ['receiver', 'reason?'], seen: true },
  delegate: { route: 'delegation', fields: ['person', 'note?'], seen: true },
  giveBack: { route: 'give-back', fields: ['result?'], seen: true },
  return: { route: 'return', fields: ['to', 'reason'], seen: true },
  withdraw: { route: 'withdrawal', fields: ['reason?'], seen: true },
  urge: { route: 'urge', fields: ['note?'], seen: false },
  suspend: { route: 'suspension', fields: ['reason', 'note?'], seen: true },
  resume: { route: 'resumption', fields: [], seen: true },
  askExtension: { route: 'extensions', fields: ['amount', 'reason'], seen: true },
  decideExtension: { route: 'extensions/decision', fields: ['approved', 'reason?'], seen: true },
  addSigner: { route: 'signers', fields: ['signers', 'reason'], seen: true },
  removeSigner: { route: 'signer-removal', fields: ['reason'], seen: true },
  copy: { route: 'copies', fields: ['people'], seen: false },
  comment: { route: 'comments', fields: ['text'], seen: false },
};

export const nameOf = (field: Field | `${Field}?`): Field => field.replace('?', '') as Field;

export type Given = Partial<Record<Field, string | string[] | boolean>>;

/** What a select says as `team:id` or `person:id`. */
export function receiverOf(value: string): Record<string, string | undefined> {
  const [kind = '', id] = value.split(/:(.*)/s);
  return { [kind]: id };
}

/** The body of a command: what was left empty is not sent. */
export function bodyOf(command: WorkItemCommand, given: Given, revision: number): Record<string, unknown> {
  const form = actionForms[command];
  const body: Record<string, unknown> = form?.seen ? { revision } : {};
  for (const field of form?.fields.map(nameOf) ?? []) {
    const value = given[field];
    if (value === undefined || value === '') continue;
    if (field === 'receiver' && typeof value === 'string') Object.assign(body, receiverOf(value));
    else if (field === 'signers' && Array.isArray(value)) body['signers'] = value.map(receiverOf);
    else if (field === 'people') body['to'] = value;
    else body[field] = typeof value === 'string' ? value.trim() : value;
  }
  return body;
}
