import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { documentSize, type DocumentSize } from './document-size.js';

/** How many characters of texts are kept. Real clients send few texts, and those often. */
const charactersMax = 16 * 1024 * 1024;

/** How many texts are kept. */
const textsMax = 10_000;

/** What is known of an operation's text. */
export interface KnownText {
  /** SHA-256, hex. */
  readonly hash: string;
  readonly size: DocumentSize;
}

/** Measures each text once, as long as it is remembered; who sends many texts makes others forgotten, and no memory grow. */
export function knownTexts(): (text: string) => KnownText {
  const known = new LRUCache<string, KnownText>({ max: textsMax, maxSize: charactersMax, sizeCalculation: (_, text) => text.length + 1 });
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    const made = { hash: createHash('sha256').update(text).digest('hex'), size: documentSize(text) };
    known.set(text, made);
    return made;
  };
}
