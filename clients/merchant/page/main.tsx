import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { openPage } from './door/open-page.js';
import { PageParts } from './door/page-parts.js';
import { Announcer } from './parts/announcer.js';
import { Speaking } from './words/speaking.js';

const parts = openPage();
const root = document.getElementById('page');
if (!root) throw new Error('The page has no place for what it shows.');
createRoot(root).render(
  <StrictMode>
    <PageParts value={parts}>
      <QueryClientProvider client={parts.queries}>
        <Speaking speaking={parts.speaking}>
          <Announcer>
            <App />
          </Announcer>
        </Speaking>
      </QueryClientProvider>
    </PageParts>
  </StrictMode>,
);
