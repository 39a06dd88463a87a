import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { createQueryClient } from '../api/queries';
import { ServerClockProvider } from '../ui/serverClock';
import { ToastProvider } from '../ui/Toast';

/** Shows pages as the app does, at an address of its own. */
export function renderAt(address: string, routes: ReactNode) {
  return render(
    <QueryClientProvider client={createQueryClient()}>
      <ConfigProvider button={{ autoInsertSpace: false }}>
        <ToastProvider>
          <ServerClockProvider>
            <MemoryRouter initialEntries={[address]}>
              <Routes>{routes}</Routes>
            </MemoryRouter>
          </ServerClockProvider>
        </ToastProvider>
      </ConfigProvider>
    </QueryClientProvider>,
  );
}

export const page = (path: string, element: ReactNode) => <Route path={path} element={element} />;
