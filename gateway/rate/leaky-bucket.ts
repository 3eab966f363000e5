/** Fills by what is spent and leaks evenly; what would make it overflow must wait. */
export interface LeakyBucket {
  /** Points that it holds. */
  readonly capacity: number;
  /** Points that leak out of it each second. */
  readonly perSecond: number;
}

/** How full a bucket was at one moment. */
export interface Level {
  readonly points: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A bucket that nobody has used. */
export const empty: Level = { points: 0, at: 0 };

/** How full it is now. A clock that is behind another gateway's leaks nothing. */
export function pointsNow(level: Level, bucket: LeakyBucket, nowMs: number): number {
  const seconds = Math.max(0, nowMs - level.at) / 1_000;
  return Math.max(0, level.points - seconds * bucket.perSecond);
}

/** The level after `points` more. */
export function filled(level: Level, bucket: LeakyBucket, points: number, nowMs: number): Level {
  return { points: pointsNow(level, bucket, nowMs) + points, at: Math.max(level.at, nowMs) };
}

/** How long until so many points more fit, in milliseconds; 0 when they do now. */
export function waitMs(held: number, points: number, bucket: LeakyBucket): number {
  return Math.max(0, Math.ceil(((held + points - bucket.capacity) / bucket.perSecond) * 1_000));
}
