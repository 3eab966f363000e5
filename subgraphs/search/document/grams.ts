/** A word's pieces of three characters, with two spaces before it and one behind, as pg_trgm takes them. Each once. */
export function gramsOf(word: string): string[] {
  const characters = [...`  ${word} `];
  return [...new Set(characters.slice(0, -2).map((_, at) => characters.slice(at, at + 3).join('')))];
}
