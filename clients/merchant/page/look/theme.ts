import { kept, type Kept } from '../door/kept.js';
import type { Storage } from '../door/storage.js';

/** Light, dark, or as the device is set. */
export const themes = ['auto', 'light', 'dark'] as const;
/** One of them. */
export type Theme = (typeof themes)[number];

const name = 'haat.theme';

/** The colours that somebody chose; the document shows them at once. */
export function keptTheme(storage: Storage): Kept<Theme> {
  const chosen = themes.find((theme) => theme === storage.read(name)) ?? 'auto';
  document.documentElement.dataset['theme'] = chosen;
  return kept<Theme>(chosen, (theme) => {
    storage.write(name, theme);
    document.documentElement.dataset['theme'] = theme;
  });
}
