import { Bell } from '@haat/kit/pause';

/** What wakes those in this process who wait for something; elsewhere their next look finds it. */
export class Bells {
  private readonly bells = new Set<Bell>();

  /** Wakes everybody who listens. */
  ring(): void {
    for (const bell of this.bells) bell.ring();
  }

  /** Listens until told to stop. */
  listen(): { readonly bell: Bell; readonly stop: () => void } {
    const bell = new Bell();
    this.bells.add(bell);
    return { bell, stop: () => void this.bells.delete(bell) };
  }
}
