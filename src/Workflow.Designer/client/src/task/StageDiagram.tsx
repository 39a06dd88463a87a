import {
  BaseEdge,
  EdgeLabelRenderer,
  getSmoothStepPath,
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StageView } from '../api/types';
import { reasonWords } from '../ui/outcomeWords';
import { useMoment } from '../ui/time';
import { edgesOf, layOut, movesOf, orderedStages, type StageEdge, type StageLayout } from './stageGraph';

type StageNode = Node<{ stage: StageView; vertical: boolean }, 'stage'>;

const nodeTypes = { stage: StageBox };
const edgeTypes = { leap: LeapEdge };

/** The loop as it went so far. Nothing can be dragged or zoomed: it is laid out to fit, and the page scrolls as if it were text. */
export default function StageDiagram({ stages, vertical }: { stages: readonly StageView[]; vertical: boolean }) {
  const { t } = useTranslation();
  const [frame, width] = useWidth();
  const flow = useMemo(() => {
    if (width === 0) return undefined;
    const edges = edgesOf(stages);
    const layout = layOut(width, vertical, edges);
    const label = (edge: StageEdge) =>
      edge.kind === 'closeOut' ? t('task.closeOut') : edge.times > 1 ? t('task.returnTimes', { n: edge.times }) : t('task.return');
    return { nodes: nodesFor(stages, layout, vertical), edges: flowEdges(edges, layout, label), height: layout.height };
  }, [stages, vertical, width, t]);

  return (
    <>
      <div ref={frame} className="diagram" style={{ height: flow?.height }}>
        {flow && (
          <ReactFlow
            // A new width is a new picture; the view never moves.
            key={`${vertical}-${width}`}
            nodes={flow.nodes}
            edges={flow.edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            defaultViewport={{ x: 0, y: 0, zoom: 1 }}
            minZoom={1}
            maxZoom={1}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            panOnDrag={false}
            panOnScroll={false}
            zoomOnScroll={false}
            zoomOnPinch={false}
            zoomOnDoubleClick={false}
            preventScrolling={false}
            disableKeyboardA11y
            proOptions={{ hideAttribution: true }}
          />
        )}
      </div>
      <Moves stages={stages} />
    </>
  );
}

function nodesFor(stages: readonly StageView[], layout: StageLayout, vertical: boolean): StageNode[] {
  return orderedStages(stages).map((stage) => {
    const { x, y, width, height } = layout.boxes[stage.stage];
    return { id: stage.stage, type: 'stage', position: { x, y }, width, height, data: { stage, vertical } };
  });
}

function flowEdges(edges: readonly StageEdge[], layout: StageLayout, label: (edge: StageEdge) => string): Edge[] {
  const seen = { return: 0, closeOut: 0 };
  return edges.map((edge): Edge => {
    const color = edge.kind === 'return' ? '#c02b16' : edge.kind === 'closeOut' ? '#6b5bb0' : edge.taken ? '#0b6e5f' : '#b8c3be';
    const common = {
      id: edge.id,
      source: edge.from,
      target: edge.to,
      sourceHandle: `${edge.kind}-out`,
      targetHandle: `${edge.kind}-in`,
      markerEnd: { type: MarkerType.ArrowClosed, color, width: 40, height: 40, markerUnits: 'userSpaceOnUse' },
      style: { stroke: color, strokeWidth: 2, ...(edge.taken ? {} : { strokeDasharray: '4 4' }) },
    };
    if (edge.kind === 'next') return { ...common, type: 'straight' };
    return { ...common, type: 'leap', data: { label: label(edge), standOff: layout.standOff(seen[edge.kind]++), color } };
  });
}

type Leap = Edge<{ label: string; standOff: number; color: string }, 'leap'>;

/** The label is HTML: React Flow's own text label stays hidden when it was measured before the picture was shown. */
function LeapEdge({ data, markerEnd, style, ...ends }: EdgeProps<Leap>) {
  const [path, x, y] = getSmoothStepPath({ ...ends, offset: data?.standOff, borderRadius: 10 });
  return (
    <>
      <BaseEdge path={path} {...(markerEnd ? { markerEnd } : {})} {...(style ? { style } : {})} />
      <EdgeLabelRenderer>
        <span className="leap-label" style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)`, color: data?.color }}>
          {data?.label}
        </span>
      </EdgeLabelRenderer>
    </>
  );
}

const handles = {
  horizontal: { next: [Position.Right, Position.Left], return: [Position.Bottom, Position.Bottom], closeOut: [Position.Top, Position.Top] },
  vertical: { next: [Position.Bottom, Position.Top], return: [Position.Right, Position.Right], closeOut: [Position.Left, Position.Left] },
} as const;

function StageBox({ data: { stage, vertical } }: NodeProps<StageNode>) {
  const { t } = useTranslation();
  const moment = useMoment();
  const last = stage.visits.at(-1);
  const at = stage.state === 'current' ? last?.enteredAt : last?.endedAt;
  const sides = handles[vertical ? 'vertical' : 'horizontal'];
  return (
    <div className={`stage-box stage-box-${stage.state}`} data-testid={`stage-${stage.stage}`} data-state={stage.state}>
      <span className="stage-name">{t(`stage.${stage.stage}`)}</span>
      {stage.visits.length > 1 && <span className="stage-rounds">{t('task.rounds', { n: stage.visits.length })}</span>}
      <span className="stage-when">
        {t(stage.state === 'pending' && last ? 'stageState.returned' : `stageState.${stage.state}`)}
        {at && ` · ${moment(at)}`}
      </span>
      {(['next', 'return', 'closeOut'] as const).map((kind) => (
        <span key={kind}>
          <Handle id={`${kind}-out`} type="source" position={sides[kind][0]} className={`stage-handle stage-handle-${kind}-out`} isConnectable={false} />
          <Handle id={`${kind}-in`} type="target" position={sides[kind][1]} className={`stage-handle stage-handle-${kind}-in`} isConnectable={false} />
        </span>
      ))}
    </div>
  );
}

/** The edges in words, with the reasons that do not fit on them. */
function Moves({ stages }: { stages: readonly StageView[] }) {
  const { t } = useTranslation();
  const moves = movesOf(stages);
  if (moves.length === 0) return null;
  return (
    <ul className="moves">
      {moves.map((move) => {
        const words = { from: t(`stage.${move.from}`), to: t(`stage.${move.to}`), reason: reasonWords(t, move.reason ?? '') };
        const key = move.kind === 'return' ? 'task.returnWords' : 'task.closeOutWords';
        return <li key={move.key} className={`move-${move.kind}`}>{move.reason ? t(key, words) : t(`${key}Plain`, words)}</li>;
      })}
    </ul>
  );
}

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}
