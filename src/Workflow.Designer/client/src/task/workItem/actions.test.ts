import { expect, it } from 'vitest';
import { bodyOf } from './actions';

it('A transfer names a team or a person, and the revision that was seen', () => {
  expect(bodyOf('transfer', { receiver: 'person:u-1', reason: ' 休假 ' }, 3)).toEqual({ revision: 3, person: 'u-1', reason: '休假' });
  expect(bodyOf('transfer', { receiver: 'team:grid:a', reason: '' }, 3)).toEqual({ revision: 3, team: 'grid:a' });
});

it('Added signers are teams and persons', () => {
  expect(bodyOf('addSigner', { signers: ['person:u-1', 'team:legal'], reason: '涉及两区' }, 3)).toEqual({ revision: 3, signers: [{ person: 'u-1' }, { team: 'legal' }], reason: '涉及两区' });
});

it('Copies and comments need no revision', () => {
  expect(bodyOf('copy', { people: ['u-1', 'u-2'] }, 3)).toEqual({ to: ['u-1', 'u-2'] });
  expect(bodyOf('comment', { text: '看到' }, 3)).toEqual({ text: '看到' });
});

it('A refusal is sent, an empty field is not', () => {
  expect(bodyOf('decideExtension', { approved: false, reason: '' }, 4)).toEqual({ revision: 4, approved: false });
});
