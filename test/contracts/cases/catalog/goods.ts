import { randomInt } from 'node:crypto';
import { newId } from '@haat/kit/id';
import { mutate } from '../../../support/mutate.js';
import type { Arranged, WallCase } from '../../case.js';
import type { World } from '../../world.js';

/** Goods of acme, and its operator. */
export interface Goods {
  readonly owner: Arranged['owner'];
  /** A key that only this product type has. */
  readonly productType: string;
  readonly productId: string;
  readonly variantId: string;
  readonly imageId: string;
}

/** A word that nobody has used yet. */
export function someWord(begin: string): string {
  return `${begin}-${randomInt(1e12).toString(36)}`;
}

/** A draft of a product type of its own. */
export async function draft(world: World): Promise<Goods> {
  const owner = await world.operator();
  const productType = someWord('type');
  await mutate(world.door, owner, 'defineProductType', { key: productType, name: 'Pots', attributes: [] });
  const made = await mutate(world.door, owner, 'createProduct', productOf(productType), '... on Product { id variants { id } images { id } }') as unknown as { id: string; variants: [{ id: string }]; images: [{ id: string }] };
  return { owner, productType, productId: made.id, variantId: made.variants[0].id, imageId: made.images[0].id };
}

/** The same, seen by everybody in the shop. */
export async function published(world: World): Promise<Goods> {
  const goods = await draft(world);
  await mutate(world.door, goods.owner, 'publishProduct', { productId: goods.productId });
  return goods;
}

/** A product's input. */
export function productOf(productType: string): Record<string, unknown> {
  const word = someWord('pot');
  return { productType, title: word, variants: [{ sku: word }], images: [{ url: 'https://pictures.example/pot.png', width: 600, height: 400, alt: 'A pot' }] };
}

/** An offer of a published product, for sale or not yet. */
export async function offer(world: World, isActive: boolean): Promise<Goods & { readonly offerId: string }> {
  const goods = await published(world);
  const made = await mutate(world.door, goods.owner, 'createOffer', offerOf(goods.variantId, isActive), '... on Offer { id }');
  return { ...goods, offerId: String(made['id']) };
}

/** An offer's input, of a vendor that only it has. */
export function offerOf(variantId: string, isActive = true): Record<string, unknown> {
  return { vendorId: newId('ven'), variantId, vendorSku: someWord('sku'), isActive };
}

/** Made by acme's operator, with a word of its own in its name. */
export async function made(world: World, noun: 'Category' | 'Collection'): Promise<{ readonly owner: Arranged['owner']; readonly id: string }> {
  const owner = await world.operator();
  const answer = await mutate(world.door, owner, `create${noun}`, { name: someWord('kitchen'), ...(noun === 'Collection' ? { productIds: [] } : {}) }, `... on ${noun} { id }`);
  return { owner, id: String(answer['id']) };
}

const shop = { kind: 'theirs', why: 'Everybody in the shop sees what it shows.' } as const;

/** What a shop shows to everybody in it, and to nobody elsewhere. */
export const shownInTheShop: WallCase['exceptions'] = { 'another viewer of the tenant': shop, 'a guest': shop, 'a partner\'s token': shop };
