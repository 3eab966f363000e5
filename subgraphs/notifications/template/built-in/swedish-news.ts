import type { NewsTexts } from './built-in-templates.js';

/** What happened to orders and vendors, in Swedish. */
export const swedishNews: NewsTexts = {
  ORDER_PLACED: {
    subject: 'Din beställning {{order}} hos {{marketplace}}',
    text: 'Hej {{name}}!\n\nTack för din beställning {{order}} på {{amount}}. Vi hör av oss igen när den är på väg.\n\nDin beställning:\n{{link}}',
  },
  ORDER_PAID: {
    subject: 'Vi har fått din betalning för beställning {{order}}',
    text: 'Hej {{name}}!\n\nVi har fått {{amount}} för din beställning {{order}}. Säljarna vet om det och sätter igång.\n\nDin beställning:\n{{link}}',
  },
  ORDER_ACCEPTED: {
    subject: '{{vendor}} har tagit emot din beställning {{order}}',
    text: 'Hej {{name}}!\n\n{{vendor}} har tagit emot sin del av din beställning {{order}} och packar den.\n\nDin beställning:\n{{link}}',
  },
  ORDER_SHIPPED: {
    subject: '{{vendor}} har skickat varor ur din beställning {{order}}',
    text: 'Hej {{name}}!\n\nEtt paket från {{vendor}} med varor ur din beställning {{order}} är på väg.\n\nFölj paketet:\n{{tracking}}\n\nDin beställning:\n{{link}}',
  },
  ORDER_DELIVERED: {
    subject: 'Varor ur din beställning {{order}} har levererats',
    text: 'Hej {{name}}!\n\nEtt paket från {{vendor}} med varor ur din beställning {{order}} har lämnats över. Hör av dig om du inte har fått det.\n\nDin beställning:\n{{link}}',
  },
  ORDER_CANCELLED: {
    subject: 'Varor ur din beställning {{order}} har avbeställts',
    text: 'Hej {{name}}!\n\nVaror från {{vendor}} i din beställning {{order}} har avbeställts. De kostar {{amount}}; det du har betalat för dem betalas tillbaka.\n\nDin beställning:\n{{link}}',
  },
  ORDER_REFUNDED: {
    subject: 'Pengar för din beställning {{order}} har betalats tillbaka',
    text: 'Hej {{name}}!\n\nVi har betalat tillbaka {{amount}} för din beställning {{order}}. Det kan dröja några dagar innan det syns hos din bank.\n\nDin beställning:\n{{link}}',
  },
  SALE_CONFIRMED: {
    subject: 'Ny beställning {{order}} till {{vendor}}',
    text: 'Hej {{name}}!\n\nDet finns en ny beställning {{order}} på {{amount}} till {{vendor}} hos {{marketplace}}. Ta emot den och skicka den.',
  },
  SALE_DELIVERED: {
    subject: 'Varor ur beställning {{order}} har levererats',
    text: 'Hej {{name}}!\n\nEtt paket från {{vendor}} med varor ur beställning {{order}} har lämnats över.',
  },
  SALE_CANCELLED: {
    subject: 'Varor ur beställning {{order}} har avbeställts',
    text: 'Hej {{name}}!\n\nVaror för {{amount}} i beställning {{order}} till {{vendor}} har avbeställts. Skicka dem inte.',
  },
  SALE_REFUNDED: {
    subject: 'Pengar för beställning {{order}} har betalats tillbaka',
    text: 'Hej {{name}}!\n\nKöparen av beställning {{order}} har fått tillbaka {{amount}} av det som betalades till {{vendor}}.',
  },
  VENDOR_APPROVED: {
    subject: '{{vendor}} får nu sälja hos {{marketplace}}',
    text: 'Hej {{name}}!\n\n{{vendor}} har godkänts och får sälja hos {{marketplace}} från och med nu.',
  },
  VENDOR_SUSPENDED: {
    subject: '{{vendor}} får tills vidare inte sälja hos {{marketplace}}',
    text: 'Hej {{name}}!\n\n{{vendor}} har stängts av: erbjudandena hos {{marketplace}} är inte till salu förrän spärren hävs. Det som redan är köpt ska ändå skickas.',
  },
};
