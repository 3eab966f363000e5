import { newId } from '@haat/kit/id';
import type { MongoDoor } from '../mongo-collection.js';
import type { UnitOfWork } from '@haat/kit/store';
import { pageChanged, pages } from './mongo-pages.js';

/** An effect that would show being done twice: one more hit. */
export function addHit(id: string): (unit: UnitOfWork<MongoDoor>) => Promise<void> {
  return async ({ db }) => {
    await db.collection(pages).change(id, (page) => ({ ...page, hits: page.hits + 1 }));
  };
}

/** Another: one more page, under a new id each time. */
export function addPage(title: string): (unit: UnitOfWork<MongoDoor>) => Promise<void> {
  return async ({ db }) => {
    await db.collection(pages).insert({ _id: newId('prod'), title, hits: 0 });
  };
}

/** Another: an event, said before its document is changed. */
export function addHitSaid(id: string): (unit: UnitOfWork<MongoDoor>) => Promise<void> {
  return async (unit) => {
    await unit.emit(pageChanged, { aggregate: { id: `${id}:said`, version: 1 }, payload: { title: 'Said' } });
    await addHit(id)(unit);
  };
}

/** Another: an event, and no document. */
export function onlySaid(id: string): (unit: UnitOfWork<MongoDoor>) => Promise<void> {
  return (unit) => unit.emit(pageChanged, { aggregate: { id: `${id}:said`, version: 1 }, payload: { title: 'Said' } });
}

/** The effects by name, for a process of their own. */
export const effects = { addHit, addPage, addHitSaid, onlySaid };
