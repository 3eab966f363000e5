/** The oldest server that has all we use. */
export const NATS_VERSION_MIN = '2.12';

/** Whether a version such as `2.15.2` or `v2.15.2` is new enough. */
export function isNatsNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map((part) => Number.parseInt(part, 10));
  return major > 2 || (major === 2 && minor >= 12);
}
