import type { StageName, StageView } from '../api/types';

export const stageOrder: readonly StageName[] = ['initiation', 'response', 'analysis', 'handling', 'postEvaluation'];

export interface StageEdge {
  id: string;
  from: StageName;
  to: StageName;
  kind: 'next' | 'return' | 'closeOut';
  /** The task has gone this way. */
  taken: boolean;
  times: number;
}

export interface StageMove {
  key: string;
  kind: 'return' | 'closeOut';
  from: StageName;
  to: StageName;
  reason: string | undefined;
}

/** The five in order, whatever order they came in; one that the server left out has not begun. */
export function orderedStages(stages: readonly StageView[]): StageView[] {
  return stageOrder.map((stage) => stages.find((one) => one.stage === stage) ?? { stage, state: 'pending', visits: [] });
}

/** Every leap out of the order: back to an earlier stage, or ahead to post-evaluation. */
export function movesOf(stages: readonly StageView[]): StageMove[] {
  return orderedStages(stages).flatMap(({ stage, visits }) =>
    visits.flatMap((visit): StageMove[] => {
      const key = `${stage}-${visit.round}`;
      const reason = visit.reason || undefined;
      if (visit.outcome === 'return' && visit.returnTo) return [{ key, kind: 'return', from: stage, to: visit.returnTo, reason }];
      if (visit.outcome === 'closeOut' && stage !== 'postEvaluation') return [{ key, kind: 'closeOut', from: stage, to: 'postEvaluation', reason }];
      return [];
    }),
  );
}

export function edgesOf(stages: readonly StageView[]): StageEdge[] {
  const ordered = orderedStages(stages);
  const edges: StageEdge[] = ordered.slice(1).map(({ stage: to }, index) => {
    const before = ordered[index] as StageView;
    const times = before.visits.filter((visit) => visit.outcome === 'done').length;
    return { id: `${before.stage}-next`, from: before.stage, to, kind: 'next', taken: times > 0, times };
  });
  for (const move of movesOf(stages)) {
    const id = `${move.from}-${move.kind}-${move.to}`;
    const same = edges.find((edge) => edge.id === id);
    if (same) same.times += 1;
    else edges.push({ id, from: move.from, to: move.to, kind: move.kind, taken: true, times: 1 });
  }
  return edges;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface StageLayout {
  boxes: Record<StageName, Box>;
  height: number;
  /** How far the n-th edge of its kind stands off the row or column of stages. */
  standOff: (nth: number) => number;
}

const lane = { horizontal: 24, vertical: 40 };

/** Boxes that fill the width exactly at scale 1, leaving a lane for each edge that leaves the straight line. */
export function layOut(width: number, vertical: boolean, edges: readonly StageEdge[]): StageLayout {
  const returns = edges.filter((edge) => edge.kind === 'return').length;
  const closeOuts = edges.filter((edge) => edge.kind === 'closeOut').length;
  const standOff = (nth: number): number => (vertical ? lane.vertical : lane.horizontal) + nth * (vertical ? 12 : 22);
  const room = (count: number): number => (count === 0 ? 0 : standOff(count - 1) + (vertical ? lane.vertical : 16));

  if (vertical) {
    const box = { width: Math.max(120, width - room(returns) - room(closeOuts)), height: 60 };
    const pitch = box.height + 26;
    return { boxes: place((index) => ({ x: room(closeOuts), y: index * pitch, ...box })), height: 4 * pitch + box.height, standOff };
  }
  const gap = Math.min(48, Math.max(20, width * 0.035));
  const boxWidth = Math.floor((width - 4 * gap) / 5);
  // Narrow boxes break their lines.
  const box = { width: boxWidth, height: boxWidth < 150 ? 108 : 84 };
  const top = room(closeOuts);
  return { boxes: place((index) => ({ x: index * (box.width + gap), y: top, ...box })), height: top + box.height + room(returns), standOff };
}

function place(box: (index: number) => Box): Record<StageName, Box> {
  return Object.fromEntries(stageOrder.map((stage, index) => [stage, box(index)])) as Record<StageName, Box>;
}
