import { createHash } from 'node:crypto';
import { keptByText } from '../kept-by-text.js';
import { documentSize, type DocumentSize } from './document-size.js';

/** How many characters of texts are kept. */
const charactersMax = 8 * 1024 * 1024;

/** What is known of an operation's text. */
export interface KnownText {
  /** SHA-256, hex. */
  readonly hash: string;
  readonly size: DocumentSize;
}

/** Measures texts, each once as long as it is remembered. */
export interface KnownTexts {
  of(text: string): KnownText;
  /** Of a text that the same request has brought before. */
  again(text: string): KnownText;
}

/** Makes it. */
export function knownTexts(): KnownTexts {
  const kept = keptByText<KnownText>({ what: 'sizes', sizeMax: charactersMax, sizeOf: (_, text) => text.length });
  const measured = (text: string): KnownText => {
    const made = { hash: createHash('sha256').update(text).digest('hex'), size: documentSize(text) };
    kept.set(text, made);
    return made;
  };
  return {
    of: (text) => kept.get(text) ?? measured(text),
    again: (text) => kept.peek(text) ?? measured(text),
  };
}
