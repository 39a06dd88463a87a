import { describe, expect, it } from 'vitest';
import type { StageView } from '../api/types';
import { edgesOf, layOut, movesOf, orderedStages, stageOrder } from './stageGraph';

const visit = (round: number, change: Partial<StageView['visits'][number]> = {}) => ({ round, enteredAt: '2026-10-03T02:14:00+08:00', ...change });

const returned: StageView[] = [
  {
    stage: 'postEvaluation',
    state: 'pending',
    visits: [visit(1, { outcome: 'return', returnTo: 'handling', reason: '仍超标' }), visit(2, { outcome: 'return', returnTo: 'handling' })],
  },
  { stage: 'initiation', state: 'done', visits: [visit(1, { outcome: 'done' })] },
  { stage: 'response', state: 'done', visits: [visit(1, { outcome: 'done' })] },
  { stage: 'analysis', state: 'done', visits: [visit(1, { outcome: 'done' })] },
  { stage: 'handling', state: 'current', visits: [visit(1, { outcome: 'done' }), visit(2, { outcome: 'done' }), visit(3)] },
];

const closedOut: StageView[] = [
  { stage: 'initiation', state: 'done', visits: [visit(1, { outcome: 'done' })] },
  { stage: 'response', state: 'done', visits: [visit(1, { outcome: 'closeOut', reason: 'false-alarm' })] },
  { stage: 'postEvaluation', state: 'current', visits: [visit(1)] },
];

describe('the stage diagram', () => {
  it('shows the five stages in their order, also those that did not come', () => {
    expect(orderedStages(closedOut).map(({ stage, state }) => [stage, state])).toEqual([
      ['initiation', 'done'],
      ['response', 'done'],
      ['analysis', 'pending'],
      ['handling', 'pending'],
      ['postEvaluation', 'current'],
    ]);
  });

  it('draws one edge for all returns between the same two stages', () => {
    const returns = edgesOf(returned).filter((edge) => edge.kind === 'return');

    expect(returns).toMatchObject([{ from: 'postEvaluation', to: 'handling', times: 2, taken: true }]);
    expect(movesOf(returned).map((move) => move.reason)).toEqual(['仍超标', undefined]);
  });

  it('marks the way that was gone', () => {
    const taken = edgesOf(closedOut).filter((edge) => edge.taken);

    expect(taken.map((edge) => edge.id)).toEqual(['initiation-next', 'response-closeOut-postEvaluation']);
  });

  it.each([[false], [true]])('fits the width it is given, upright %s', (vertical) => {
    const layout = layOut(358, vertical, edgesOf(returned));

    for (const stage of stageOrder) {
      const box = layout.boxes[stage];
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(358);
      expect(box.y + box.height).toBeLessThanOrEqual(layout.height);
    }
  });

  it('leaves lanes for edges only where there are some', () => {
    const straight = layOut(358, true, edgesOf([]));
    const withReturn = layOut(358, true, edgesOf(returned));

    expect(straight.boxes.handling.width).toBe(358);
    expect(withReturn.boxes.handling.width).toBeLessThan(300);
  });
});
