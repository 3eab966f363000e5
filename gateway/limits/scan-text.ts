import { Lexer, Source, TokenKind, type Token } from 'graphql';
import { ceilings } from './limits.js';

/** How deep brackets of any kind may stand in each other. The parser descends once for each, and its stack is finite. */
const bracketsMax = 100;

/** What can be said of a document before it is parsed. Counting stops at the ceilings. */
export interface TextSize {
  readonly queryTokens: number;
  readonly queryDirectives: number;
  /** Brackets that stand in each other; more than the parser should be given are told apart by {@link isTooNested}. */
  readonly brackets: number;
}

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Counts tokens in one pass without a stack. What is no GraphQL ends the count: the parser says it better. */
export function scanText(text: string): TextSize {
  const size = { queryTokens: 0, queryDirectives: 0, brackets: 0 };
  const lexer = new Lexer(new Source(text));
  let open = 0;
  for (let token = next(lexer); token && size.queryTokens <= ceilings.queryTokens; token = next(lexer)) {
    size.queryTokens += 1;
    if (token.kind === TokenKind.AT) size.queryDirectives += 1;
    if (opening.has(token.kind)) open += 1;
    if (closing.has(token.kind)) open -= 1;
    size.brackets = Math.max(size.brackets, open);
  }
  return size;
}

/** Whether the parser would have to go too deep. */
export function isTooNested(size: TextSize): boolean {
  return size.brackets > bracketsMax;
}

function next(lexer: Lexer): Token | undefined {
  try {
    const token = lexer.advance();
    return token.kind === TokenKind.EOF ? undefined : token;
  } catch {
    return undefined;
  }
}
