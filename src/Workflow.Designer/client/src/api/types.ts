import type { components } from './schema';

type Schemas = components['schemas'];

export type AreaView = Schemas['AreaView'];
export type ClockView = Schemas['ClockView'];
export type CompleteWorkItem = Schemas['CompleteWorkItem'];
export type DefinitionInput = Schemas['DefinitionInput'];
export type DefinitionSummary = Schemas['DefinitionSummary'];
export type EvidenceView = Schemas['EvidenceView'];
export type IncidentView = Schemas['IncidentView'];
export type LedgerView = Schemas['LedgerView'];
export type Me = Schemas['Me'];
export type OutcomeView = Schemas['OutcomeView'];
export type Problem = Schemas['Problem'];
export type ProblemError = NonNullable<Problem['errors']>[number];
export type RaiseTask = Schemas['RaiseTask'];
export type RungView = Schemas['RungView'];
export type StageName = Schemas['StageName'];
export type StageView = Schemas['StageView'];
export type TaskCard = Schemas['TaskCard'];
export type TaskView = Schemas['TaskView'];
export type TeamKind = Schemas['TeamKind'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type WorkItemCard = Schemas['WorkItemCard'];
export type WorkItemView = Schemas['WorkItemView'];

export type Permission = 'raise-tasks' | 'work-on-items' | 'read-tasks';
export type TaskFilter = 'open' | 'closed' | 'all';
export type WorkItemList = 'todo' | 'done';
