import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, valueOf } from './client';
import { isUndecided } from './failure';
import { once } from './idempotency';
import { keys } from './queries';
import type { DecideIncident, IncidentDecision } from './types';

/** What a person adds to a decision. */
export interface Given {
  reason?: string | undefined;
  outcome?: string | undefined;
}

/** A decision of an operator: where it goes and which instance it concerns. */
export interface Decision {
  instanceId: string;
  send: (given: Given) => Promise<unknown>;
}

export const incidentDecision = (instanceId: string, number: number, decision: IncidentDecision): Decision => ({
  instanceId,
  send: (given) => {
    const body: DecideIncident = { decision, ...filled(given) };
    return once(`incident.${instanceId}.${number}`, body, (headers) =>
      valueOf(api.POST('/api/v1/instances/{id}/incidents/{number}/decision', { params: { path: { id: instanceId, number } }, body, headers })),
    );
  },
});

export const letterRetry = ({ id, instanceId }: { id: string; instanceId: string }): Decision => ({
  instanceId,
  send: ({ reason }) => {
    const body = filled({ reason });
    return once(`dead-letter.${id}`, { retry: body }, (headers) =>
      valueOf(api.POST('/api/v1/operations/dead-letters/{id}/retry', { params: { path: { id } }, body, headers })),
    );
  },
});

export const letterDiscard = ({ id, instanceId }: { id: string; instanceId: string }): Decision => ({
  instanceId,
  send: ({ reason = '' }) => {
    const body = { reason };
    return once(`dead-letter.${id}`, { discard: body }, (headers) =>
      valueOf(api.POST('/api/v1/operations/dead-letters/{id}/discard', { params: { path: { id } }, body, headers })),
    );
  },
});

export const instanceCancel = (instanceId: string): Decision => ({
  instanceId,
  send: ({ reason = '' }) => {
    const body = { reason };
    return once(`instance.${instanceId}.cancel`, body, (headers) =>
      valueOf(api.POST('/api/v1/instances/{id}/cancel', { params: { path: { id: instanceId } }, body, headers })),
    );
  },
});

/** After a decided answer, yes or no, what is shown is fetched again: a no is mostly that somebody else was first. */
export function useDecision() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ decision, given }: { decision: Decision; given: Given }) => decision.send(given),
    onSettled: async (_result, failure, { decision }) => {
      if (isUndecided(failure)) return;
      await Promise.all([client.invalidateQueries({ queryKey: ['operations'] }), client.invalidateQueries({ queryKey: keys.instance(decision.instanceId) })]);
    },
  });
}

/** What was left empty is not said. */
function filled({ reason, outcome }: Given): { reason?: string; outcome?: string } {
  return { ...(reason?.trim() ? { reason: reason.trim() } : {}), ...(outcome?.trim() ? { outcome: outcome.trim() } : {}) };
}
