import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { Suspense, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { createQueryClient } from '../api/queries';
import { useLanguage } from '../i18n/language';
import { useCalm, useNarrow } from '../ui/media';
import { Loading } from '../ui/PageState';
import { ServerClockProvider } from '../ui/serverClock';
import { ToastProvider } from '../ui/Toast';
import { NotFound } from './NotFound';
import { InboxPage, InstancePage, NoticesPage, OperationsPage, PausesPage, RaisePage, ReportsPage, ReportTasksPage, SignInPage, TaskListPage, TaskPage, WorkItemPage } from './pages';
import { Shell } from './Shell';
import { themeFor } from './theme';

export function App() {
  const [client] = useState(createQueryClient);
  const language = useLanguage();
  const narrow = useNarrow();
  const calm = useCalm();
  return (
    <QueryClientProvider client={client}>
      {/* antd would put a space between two Chinese characters on a button. */}
      <ConfigProvider
        locale={language === 'en' ? enUS : zhCN}
        theme={themeFor(narrow, calm)}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
        form={{ requiredMark: true, scrollToFirstError: true }}
      >
        <ToastProvider>
          <ServerClockProvider>
            <BrowserRouter>
              <Pages />
            </BrowserRouter>
          </ServerClockProvider>
        </ToastProvider>
      </ConfigProvider>
    </QueryClientProvider>
  );
}

function Pages() {
  return (
    <Routes>
      <Route
        path="/signin"
        element={
          <Suspense fallback={<Loading rows={1} />}>
            <SignInPage />
          </Suspense>
        }
      />
      <Route element={<Shell />}>
        <Route index element={<InboxPage />} />
        <Route path="tasks" element={<TaskListPage />} />
        <Route path="tasks/:id" element={<TaskPage />} />
        <Route path="work-items/:id" element={<WorkItemPage />} />
        <Route path="raise" element={<RaisePage />} />
        <Route path="reports" element={<ReportsPage />} />
        <Route path="reports/tasks" element={<ReportTasksPage />} />
        <Route path="operations" element={<OperationsPage />} />
        <Route path="pauses" element={<PausesPage />} />
        <Route path="notices" element={<NoticesPage />} />
        <Route path="instances/:id" element={<InstancePage />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}
