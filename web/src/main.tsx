import './base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchActivity } from './api/activity.ts';
import { createQueryClient } from './api/query-client.ts';
import { sessionQuery, watchSession } from './api/session.ts';
import { Language } from './components/Language.tsx';
import { applyTheme } from './components/theme.ts';
import { createConsoleRouter } from './routes/router.tsx';

applyTheme();
watchActivity(window);
const queryClient = createQueryClient();
watchSession(queryClient);
// Asked for at once, so that it travels beside the code of the page.
void queryClient.prefetchQuery(sessionQuery);
const router = createConsoleRouter();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Language>
          <RouterProvider router={router} />
        </Language>
      </QueryClientProvider>
    </StrictMode>,
  );
}
