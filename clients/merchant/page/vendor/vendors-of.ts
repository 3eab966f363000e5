import type { Viewer } from '../session/viewer.js';

/** A shop that somebody works for. */
export interface OwnVendor {
  readonly id: string;
  readonly name: string;
}

/** The shops of a viewer, by name; one whose name did not come is known by its id. */
export function vendorsOf({ vendors }: Pick<Viewer, 'vendors'>): readonly OwnVendor[] {
  return (vendors ?? []).flatMap((vendor) => (vendor ? [{ id: vendor.id, name: vendor.name ?? vendor.id }] : [])).sort((a, b) => a.name.localeCompare(b.name));
}
