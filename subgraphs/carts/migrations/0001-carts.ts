import { tenantTable } from '@haat/kit-postgres/migration';

/** Carts, a row each, and what is known of the offers and vendors in them. */
export const cartsTables = {
  name: '0001-carts',
  up: [
    tenantTable('cart', `
      user_id text,
      guest_key text,
      state text not null check (state in ('OPEN', 'FROZEN', 'ORDERED', 'MERGED', 'EXPIRED')),
      currency text not null,
      locale text not null,
      lines jsonb not null,
      groups jsonb not null,
      group_ids text[] not null,
      coupon_codes text[] not null,
      contact jsonb,
      shipping_address jsonb,
      billing_address jsonb,
      note text,
      stored_metadata jsonb not null,
      order_id text,
      frozen_until timestamptz,
      touched_at timestamptz not null,
      expires_at timestamptz not null,
      abandons_at timestamptz,
      gives_up_at timestamptz generated always as (case when state in ('OPEN', 'FROZEN') then expires_at end) stored,
      check ((user_id is null) <> (guest_key is null)),
      check (state not in ('FROZEN', 'ORDERED') or order_id is not null)`, { sweep: { columns: ['gives_up_at', 'abandons_at'] } }),
    // A person, or a guest by the secret, has one cart that goods go into.
    `create unique index cart_open_of_user on cart (tenant_id, user_id) where state in ('OPEN', 'FROZEN') and user_id is not null;`,
    `create unique index cart_of_guest on cart (tenant_id, guest_key) where guest_key is not null;`,
    'create index cart_by_group on cart using gin (group_ids);',
    'create index cart_by_order on cart (tenant_id, order_id) where order_id is not null;',
    'create index cart_by_user on cart (tenant_id, user_id) where user_id is not null;',
    'create index cart_by_expiry on cart (gives_up_at) where gives_up_at is not null;',
    'create index cart_by_abandoning on cart (abandons_at) where abandons_at is not null;',
    tenantTable('offer_fact', `
      product_id text not null,
      vendor_id text not null,
      is_active boolean not null,
      max_per_order int,
      weight_grams int`),
    tenantTable('product_fact', 'is_published boolean not null'),
    tenantTable('vendor_fact', 'is_open boolean not null'),
  ].join('\n'),
};
