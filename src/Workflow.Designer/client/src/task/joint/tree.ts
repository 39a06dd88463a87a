import type { TreeNode } from '../../api/types';

export interface Branch {
  node: TreeNode;
  parts: Branch[];
}

/** The list of the server, parents first, as a tree; a task whose parent is not in the list stands at the top. */
export function asTree(nodes: readonly TreeNode[]): Branch[] {
  const byId = new Map<string, Branch>();
  const top: Branch[] = [];
  for (const node of nodes) byId.set(node.taskId, { node, parts: [] });
  for (const branch of byId.values()) {
    const parent = branch.node.parentId ? byId.get(branch.node.parentId) : undefined;
    (parent ? parent.parts : top).push(branch);
  }
  return top;
}

/** Hours with one decimal. */
export function hoursOf(seconds: number): number {
  return Math.round(seconds / 360) / 10;
}
