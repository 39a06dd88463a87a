import { lazy, type ComponentType } from 'react';

type Load = () => Promise<{ default: ComponentType }>;

const loads = {
  signIn: () => import('../signin/SignInPage'),
  inbox: () => import('../inbox/InboxPage'),
  tasks: () => import('../task/TaskListPage'),
  task: () => import('../task/TaskPage'),
  workItem: () => import('../task/workItem/WorkItemPage'),
  raise: () => import('../alarm/RaisePage'),
  reports: () => import('../reports/ReportsPage'),
  reportTasks: () => import('../reports/ReportTasksPage'),
  operations: () => import('../operations/OperationsPage'),
  pauses: () => import('../pauses/PausesPage'),
  notices: () => import('../notices/NoticesPage'),
  instance: () => import('../operations/InstancePage'),
} satisfies Record<string, Load>;

export const SignInPage = lazy(() => patiently(loads.signIn));
export const InboxPage = lazy(() => patiently(loads.inbox));
export const TaskListPage = lazy(() => patiently(loads.tasks));
export const TaskPage = lazy(() => patiently(loads.task));
export const WorkItemPage = lazy(() => patiently(loads.workItem));
export const RaisePage = lazy(() => patiently(loads.raise));
export const ReportsPage = lazy(() => patiently(loads.reports));
export const ReportTasksPage = lazy(() => patiently(loads.reportTasks));
export const OperationsPage = lazy(() => patiently(loads.operations));
export const PausesPage = lazy(() => patiently(loads.pauses));
export const NoticesPage = lazy(() => patiently(loads.notices));
export const InstancePage = lazy(() => patiently(loads.instance));

/** Once the first page stands, the others are fetched too: in the field the network may be gone when they are needed. */
export function fetchAllPages(): void {
  const all = () => {
    // A page that cannot be fetched now is fetched when it is opened.
    for (const load of [...Object.values(loads), () => import('../task/StageDiagram')]) load().catch(() => undefined);
  };
  if ('requestIdleCallback' in window) window.requestIdleCallback(all, { timeout: 5_000 });
  else setTimeout(all, 2_000);
}

/** The code of a page over a bad network: three more tries before the page says that it broke. */
async function patiently<T>(load: () => Promise<T>, attempt = 0): Promise<T> {
  try {
    return await load();
  } catch (failure) {
    if (attempt === 3) throw failure;
    await new Promise((resolve) => setTimeout(resolve, 1_000 * 2 ** attempt));
    return patiently(load, attempt + 1);
  }
}
