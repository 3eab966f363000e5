/** In which order things happened to an order: several happen at one moment, and their ids do not tell. What happened before is numbered as it lies there. */
export const eventOrder = {
  name: '0010-event-order',
  up: 'alter table order_event add column seq bigint generated always as identity;',
};
