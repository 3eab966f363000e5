import { useState } from 'react';

/** A key under which the door does a thing once, however often it is sent: the same for one opening of a form. */
export function useOnceKey(): string {
  const [key] = useState(onceKey);
  return key;
}

/** Random, and made where `crypto.randomUUID` is not, too: on a page that came by plain http. */
export function onceKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
