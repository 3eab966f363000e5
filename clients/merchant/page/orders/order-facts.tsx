import type { ReactNode } from 'react';
import { useSpeech } from '../words/speaking.js';
import type { WholeOrder } from './vendor-order.js';

/** When, by whom, and where to. */
export function OrderFacts({ order }: { readonly order: WholeOrder }) {
  const { say, money, moment, country } = useSpeech();
  const { shippingAddress: to, contact, amountToCollect, packingSlip, commission } = order;
  const address = [to?.name, to?.company, to?.line1, to?.line2, [to?.postalCode, to?.city].filter(Boolean).join(' '), to?.district, to?.region, to?.country && country(to.country), to?.phone].filter(Boolean);
  return (
    <dl className="facts">
      <Fact name={say('order.placed')}><time dateTime={order.placedAt}>{moment(order.placedAt)}</time></Fact>
      <Fact name={say('order.part-of')}>{order.orderNumber}</Fact>
      {contact && <Fact name={say('order.buyer')}>{lines([contact.name, contact.phone, contact.email])}</Fact>}
      <Fact name={say('order.address')}>{lines(address)}</Fact>
      {amountToCollect && amountToCollect.minor > 0 && <Fact name={say('order.collect')}>{money(amountToCollect)}</Fact>}
      {commission?.net && <Fact name={say('order.commission')}>{money(commission.net)}</Fact>}
      {packingSlip && <Fact name="PDF"><a href={packingSlip.url} target="_blank" rel="noreferrer">{say('order.slip', { number: packingSlip.number })}</a></Fact>}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

function lines(parts: readonly (string | null | undefined)[]): ReactNode {
  return parts.filter((part): part is string => Boolean(part)).map((part, at) => <span key={at} className="line">{part}</span>);
}
