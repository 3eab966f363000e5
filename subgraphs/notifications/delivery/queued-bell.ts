import { Bell } from '@haat/kit/pause';

const bells = new Set<Bell>();

/** Tells whoever sends in this process that something was queued. In another process the next look finds it. */
export function ringQueued(): void {
  for (const bell of bells) bell.ring();
}

/** Listens for it until told to stop. */
export function listenForQueued(): { readonly bell: Bell; readonly stop: () => void } {
  const bell = new Bell();
  bells.add(bell);
  return { bell, stop: () => void bells.delete(bell) };
}
