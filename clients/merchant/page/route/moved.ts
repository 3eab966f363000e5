let moves = 0;
addEventListener('hashchange', () => { moves += 1; });

/** Whether somebody followed a link within the page since it was opened. */
export function hasMoved(): boolean {
  return moves > 0;
}
