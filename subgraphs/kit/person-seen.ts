import type { Viewer } from './identity.js';

/** What of a viewer is about the person, and not about what they may: two with the rest alike differ in these. */
const ofPerson = ['userId', 'sessionId', 'tokenId', 'guestKey', 'orderId'] as const;

const seen = new WeakMap<Viewer, boolean>();

/**
 * The same viewer, watched: an answer made without a look at the person is the same for everybody with the same rights, and
 * the gateway may give it to them. Copying or writing down a viewer is a look.
 */
export function watchedViewer(viewer: Viewer): Viewer {
  const watched = { ...viewer };
  for (const name of ofPerson) {
    Object.defineProperty(watched, name, {
      enumerable: true,
      get() {
        seen.set(watched, true);
        return viewer[name];
      },
    });
  }
  seen.set(watched, false);
  return watched;
}

/** Notes a look where the viewer goes elsewhere unwatched, as with an ask. */
export function seePerson(viewer: Viewer): void {
  if (seen.has(viewer)) seen.set(viewer, true);
}

/** What an answer says of it to the gateway; nothing where nobody watched. */
export function personSeenIn(viewer: Viewer): { readonly personSeen: boolean } | undefined {
  const personSeen = seen.get(viewer);
  return personSeen === undefined ? undefined : { personSeen };
}
