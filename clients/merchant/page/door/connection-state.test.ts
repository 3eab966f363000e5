import { describe, expect, it } from 'vitest';
import { firstState, nextState, statusOf, type ConnectionEvent, type ConnectionState } from './connection-state.js';

const at = (second: number): Date => new Date(second * 1_000);
const after = (...events: readonly ConnectionEvent[]): ConnectionState => events.reduce(nextState, firstState(true));

describe('the state of the connection', () => {
  it('is live from the moment the door lets the socket in', () => {
    expect([statusOf(firstState(true)), statusOf(after({ kind: 'open', at: at(1) }))]).toEqual(['connecting', 'live']);
  });

  it('says how old what is shown is, counted from the break and not from the try after it', () => {
    const lost = after({ kind: 'open', at: at(1) }, { kind: 'lost', at: at(50) }, { kind: 'lost', at: at(70) });
    expect([statusOf(lost), lost.trueAt]).toEqual(['reconnecting', at(50)]);
    expect(statusOf(nextState(lost, { kind: 'open', at: at(80) }))).toBe('live');
  });

  it('is offline while the device is, whatever the socket thinks', () => {
    const offline = after({ kind: 'open', at: at(1) }, { kind: 'offline', at: at(9) });
    expect([statusOf(offline), offline.trueAt]).toEqual(['offline', at(9)]);
    expect(statusOf(nextState(nextState(offline, { kind: 'lost', at: at(20) }), { kind: 'online', at: at(30) }))).toBe('reconnecting');
  });

  it('is ended when the door ended it, until it is opened anew', () => {
    const ended = after({ kind: 'open', at: at(1) }, { kind: 'ended', at: at(2) });
    expect([statusOf(ended), statusOf(nextState(ended, { kind: 'open', at: at(3) }))]).toEqual(['ended', 'live']);
  });

  it('is live again when something else begins, which the viewer may have', () => {
    const ended = after({ kind: 'open', at: at(1) }, { kind: 'ended', at: at(2) });
    expect(statusOf(nextState(ended, { kind: 'begun', at: at(5) }))).toBe('live');
  });

  it('is still connecting when the first try fails', () => {
    expect(statusOf(after({ kind: 'lost', at: at(1) }))).toBe('connecting');
  });
});
