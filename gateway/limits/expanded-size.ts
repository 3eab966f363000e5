import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { ceilings } from './limits.js';

/** What a selection set comes to when its fragments are expanded. Counts stop at the ceilings, so they never overflow. */
export interface ExpandedSize {
  readonly querySelections: number;
  readonly queryDepth: number;
}

/** Fragments of a document, by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Collects them. */
export function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));
}

/** Measures selection sets of one document. Each fragment is measured once, however often it is spread. */
export interface Measuring {
  sizeOf(set: SelectionSetNode): ExpandedSize;
  /** The name of a fragment that spreads itself, once one was met. */
  readonly cycle: string | undefined;
}

/** Makes it. */
export function measuring(fragments: Fragments): Measuring {
  const measured = new Map<string, ExpandedSize>();
  const underWay = new Set<string>();
  let cycle: string | undefined;
  const fragmentSize = (name: string): ExpandedSize => {
    const known = measured.get(name);
    const fragment = fragments.get(name);
    if (known || !fragment) return known ?? nothing;
    if (underWay.has(name)) {
      cycle = name;
      return nothing;
    }
    underWay.add(name);
    const size = sizeOf(fragment.selectionSet);
    underWay.delete(name);
    measured.set(name, size);
    return size;
  };
  const sizeOf = (set: SelectionSetNode): ExpandedSize => set.selections.reduce<ExpandedSize>((sum, selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return joined(sum, fragmentSize(selection.name.value), 0);
    const inner = selection.selectionSet ? sizeOf(selection.selectionSet) : nothing;
    return joined(sum, inner, selection.kind === Kind.FIELD ? 1 : 0);
  }, nothing);
  return { sizeOf, get cycle() { return cycle; } };
}

const nothing: ExpandedSize = { querySelections: 0, queryDepth: 0 };

/** One more selection beside those before it, `levels` above what is inside it. */
function joined(before: ExpandedSize, inner: ExpandedSize, levels: number): ExpandedSize {
  return {
    querySelections: Math.min(before.querySelections + 1 + inner.querySelections, ceilings.querySelections + 1),
    queryDepth: Math.min(Math.max(before.queryDepth, inner.queryDepth + levels), ceilings.queryDepth + 1),
  };
}
