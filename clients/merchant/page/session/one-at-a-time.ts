/** Runs what has one name one after the other, in all windows of this browser; where the browser has no locks, in this one. */
export async function oneAtATime<T>(name: string, run: () => Promise<T>): Promise<T> {
  const locks = (navigator as Partial<Pick<Navigator, 'locks'>>).locks;
  return locks ? locks.request(name, run) : run();
}
