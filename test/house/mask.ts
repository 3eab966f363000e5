/** One text, seen twice: without comments and the insides of strings, and nothing but comments. Lines and columns stay. */
export function mask(text: string): { code: string; comments: string } {
  const [code, comments] = [text.split(''), text.split('')];
  let at = 0;
  for (const { from, to, kind } of parts(text)) {
    blank(comments, at, kind === 'comment' ? from : to);
    blank(code, kind === 'comment' ? from : from + 1, kind === 'comment' ? to : to - 1);
    at = to;
  }
  blank(comments, at, text.length);
  return { code: code.join(''), comments: comments.join('') };
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly kind: 'comment' | 'literal';
}

/** Comments, strings, templates and regular expressions, by where they begin and end. What a template computes counts as its inside. */
function* parts(text: string): Generator<Part> {
  let at = 0;
  while (at < text.length) {
    const part = partAt(text, at);
    if (part) yield part;
    at = part?.to ?? at + 1;
  }
}

function partAt(text: string, at: number): Part | undefined {
  const two = text.slice(at, at + 2);
  if (two === '//') return { from: at, to: endOf(text, '\n', at), kind: 'comment' };
  if (two === '/*') return { from: at, to: endOf(text, '*/', at + 2) + 2, kind: 'comment' };
  const first = text[at] ?? '';
  if (first === '"' || first === "'") return { from: at, to: closed(text, at, first), kind: 'literal' };
  if (first === '`') return { from: at, to: templateEnd(text, at), kind: 'literal' };
  return first === '/' && beginsPattern(text, at) ? { from: at, to: patternEnd(text, at), kind: 'literal' } : undefined;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

/** Behind the closing quote, or the end of the line of a string that is not closed. */
function closed(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
    else if (text[at] === '\n') return at;
  }
  return text.length;
}

function templateEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '`') return at + 1;
    else if (text.startsWith('${', at)) at = hole(text, at + 2) - 1;
  }
  return text.length;
}

/** Behind the brace that closes a template's hole. */
function hole(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; ) {
    const part = partAt(text, at);
    if (!part && text[at] === '{') depth++;
    if (!part && text[at] === '}' && --depth === 0) return at + 1;
    at = part?.to ?? at + 1;
  }
  return text.length;
}

/** A slash divides after a value and begins a pattern anywhere else. */
function beginsPattern(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return before === '' || /[(,=:[!&|?{};+>]$|\b(?:return|typeof|case|await|yield)$/.test(before);
}

function patternEnd(text: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at + 1;
  }
  return from + 1;
}

function blank(letters: string[], from: number, to: number): void {
  for (let at = from; at < to; at++) if (letters[at] !== '\n') letters[at] = ' ';
}
