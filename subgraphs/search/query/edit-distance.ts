/**
 * How many characters must be put in, left out, changed or swapped with their neighbour to make one word of another
 * (optimal string alignment); `max + 1` stands for more.
 */
export function editDistance(from: string, to: string, max: number): number {
  const [a, b] = [[...from], [...to]];
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let [before, above] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity));
    }
    if (Math.min(...row) > max) return max + 1;
    [before, above] = [above, row];
  }
  return above[b.length] ?? max + 1;
}

/** How many mistakes a word may have, by its length in characters: none below 4, one below 8, else two. */
export function typoBudget(word: string): number {
  const length = [...word].length;
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}
