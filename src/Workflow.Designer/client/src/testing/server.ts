import { vi } from 'vitest';
import type { Problem, WorkItemCard, WorkItemView } from '../api/types';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  key: string | null;
}

type Handler = (call: Call) => Response | Promise<Response>;

/** Stands in for the network: answers by `GET /api/v1/me`, and remembers what was asked. */
export function serve(routes: Record<string, Handler>) {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname: path, searchParams: query } = new URL(request.url);
    const text = await request.text();
    const call = { method: request.method, path, query, body: text ? (JSON.parse(text) as unknown) : undefined, key: request.headers.get('Idempotency-Key') };
    calls.push(call);
    const handler = routes[`${call.method} ${path}`];
    return handler ? handler(call) : problem(404, 'unknown-route');
  });
  return { calls, sent: (method: string, end: string) => calls.filter((call) => call.method === method && call.path.endsWith(end)) };
}

export const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

export const problem = (status: number, reason: string, errors?: Problem['errors']): Response =>
  new Response(JSON.stringify({ type: `urn:workflow:problem:${reason}`, title: reason, status, reason, traceId: 'trace', ...(errors ? { errors } : {}) }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  });

export const noAnswer = (): never => {
  throw new TypeError('Failed to fetch');
};

export const liu = {
  userId: '00000000-0000-4000-8000-000000000001',
  userName: 'liu',
  name: '刘敏',
  teams: [{ id: '00000000-0000-4000-8000-000000000010', name: '桂溪网格', kind: 'communityGrid' }],
  permissions: ['raise-tasks', 'work-on-items', 'read-tasks'],
  roles: [],
};

export const signedIn: Record<string, Handler> = {
  'GET /api/v1/me': () => json(liu),
  'GET /api/v1/clock': () => json({ now: '2026-10-03T02:21:19+08:00', speed: 1, demo: true }),
};

export function card(change: Partial<WorkItemCard> = {}): WorkItemCard {
  return {
    id: 'item-1',
    taskId: 'task-1',
    number: 'CD-2026-000123',
    subject: '三瓦窑 PM2.5 突升',
    title: '现场核实',
    stage: 'response',
    teamKind: 'communityGrid',
    teamName: '桂溪网格',
    areaName: '桂溪街道',
    priority: 'normal',
    state: 'offered',
    offeredAt: '2026-10-03T02:14:00+08:00',
    due: '2026-10-03T02:34:00+08:00',
    warned: false,
    breached: false,
    paused: false,
    revision: 3,
    canClaim: true,
    canComplete: false,
    ...change,
  };
}

export function workItem(change: Partial<WorkItemView> = {}): WorkItemView {
  return {
    card: card({ state: 'claimed', canClaim: false, canComplete: true }),
    outcomes: [{ name: 'Done' }, { name: 'FalseAlarm' }],
    evidenceRequired: {},
    evidence: [],
    clocks: [],
    actions: ['release', 'attach', 'complete'],
    returnTargets: [],
    pauseReasons: [],
    history: [],
    form: {
      type: 'object',
      required: ['pm25'],
      properties: { pm25: { type: 'number', title: '现场浓度' }, note: { type: 'string', format: 'textarea', title: '现场情况' } },
    },
    ...change,
  };
}
