import { createContext, useContext } from 'react';
import type { OpenPage } from './open-page.js';

const Parts = createContext<OpenPage | undefined>(undefined);

/** Gives everything below what lives as long as the page. */
export const PageParts = Parts.Provider;

/** What lives as long as the page. */
export function usePage(): OpenPage {
  const parts = useContext(Parts);
  if (!parts) throw new Error('This is shown outside the page.');
  return parts;
}
