import { describe, expect, it } from 'vitest';
import { filterOf, isNarrowed, withFilter, withList } from './filter';

describe('the filter in the address', () => {
  it('is read from it and written back, without what is empty', () => {
    const address = new URLSearchParams('list=open&priority=urgent&search=扬尘&other=1');

    expect(filterOf(address)).toEqual({ priority: 'urgent', search: '扬尘' });
    expect(withFilter(address, { priority: undefined, stage: 'handling' }).toString()).toBe(new URLSearchParams('list=open&search=扬尘&other=1&stage=handling').toString());
  });

  it('stays when another list is chosen, but for its order', () => {
    expect(withList(new URLSearchParams('list=open&search=湖&sort=created'), 'list', 'mine', 'todo').toString()).toBe(new URLSearchParams('list=mine&search=湖').toString());
    expect(withList(new URLSearchParams('list=open'), 'list', 'todo', 'todo').toString()).toBe('');
  });

  it('narrows by anything but the order', () => {
    expect([isNarrowed({ sort: 'due' }), isNarrowed({ due: 'today' })]).toEqual([false, true]);
  });
});
