import { describe, expect, it } from 'vitest';
import { holdsGrant, type Viewer } from './identity.js';
import { personSeenIn, seePerson, watchedViewer } from './person-seen.js';

const viewer: Viewer = { kind: 'USER', userId: 'usr_1', sessionId: 'ses_1', roles: ['MERCHANT'], grants: [], vendors: [{ id: 'v1', grants: ['stock.manage'] }] };

describe('a watched viewer', () => {
  it('is not seen by looking at rights', () => {
    const watched = watchedViewer(viewer);
    expect([watched.kind, watched.roles.includes('MERCHANT'), holdsGrant(watched, 'stock.manage', 'v1')]).toEqual(['USER', true, true]);
    expect(personSeenIn(watched)).toEqual({ personSeen: false });
  });

  it.each<[string, (watched: Viewer) => unknown]>([
    ['who it is', ({ userId }) => userId], ['what it is not', ({ guestKey }) => guestKey], ['a copy', (watched) => ({ ...watched })],
    ['its text', (watched) => JSON.stringify(watched)], ['an ask', seePerson],
  ])('is seen by %s', (_, look) => {
    const watched = watchedViewer(viewer);
    look(watched);
    expect(personSeenIn(watched)).toEqual({ personSeen: true });
    expect(watched).toEqual(viewer);
  });

  it('is said nothing of where nobody watches', () => {
    seePerson(viewer);
    expect(personSeenIn(viewer)).toBeUndefined();
  });
});
