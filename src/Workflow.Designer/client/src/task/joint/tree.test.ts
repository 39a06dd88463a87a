import { expect, test } from 'vitest';
import type { TreeNode } from '../../api/types';
import { asTree, hoursOf } from './tree';

const node = (taskId: string, parentId?: string): TreeNode => ({ taskId, parentId: parentId ?? null }) as TreeNode;

test('parts stand under their parent, and what has no visible parent at the top', () => {
  const tree = asTree([node('city'), node('district', 'city'), node('street', 'district'), node('other', 'hidden')]);

  expect(tree.map((branch) => branch.node.taskId)).toEqual(['city', 'other']);
  expect(tree[0]?.parts[0]?.parts[0]?.node.taskId).toBe('street');
});

test('lateness is told in hours with one decimal', () => {
  expect([hoursOf(5400), hoursOf(10)]).toEqual([1.5, 0]);
});
