import { describe, expect, it } from 'vitest';
import { compose, type SubgraphSdl } from './compose.js';
import { lostLiveFields } from './live-fields.js';
import { federation } from './testing/fixtures.js';

const body = 'type Query { mug: Int } type Subscription { mugChanged: Int @live(coalesce: true, event: "mugs.mug-changed.v1") }';

describe('live fields in the supergraph', () => {
  it('are all there when the directive is composed', () => {
    expect(lostIn([federation('mugs', body, { live: true })])).toEqual([]);
  });

  it('are named when composition dropped the directive', () => {
    const forgotten = federation('mugs', `directive @live(event: String!, coalesce: Boolean) on FIELD_DEFINITION ${body}`);
    expect(lostIn([forgotten])).toEqual(['mugs: Subscription.mugChanged has lost its @live in the supergraph']);
  });
});

function lostIn(subgraphs: readonly SubgraphSdl[]): string[] {
  const made = compose(subgraphs);
  if (!made.ok) throw new Error(made.errors.join('; '));
  return lostLiveFields(subgraphs, made.supergraph);
}
