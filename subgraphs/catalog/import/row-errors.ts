import { Refusal, type InputProblem } from '@haat/kit/refusal';
import { rowErrorsMax } from './import-limits.js';
import { CellRefused } from './product-wish.js';

/** What a row did wrong, in words. Everything that is no rule's word is thrown again: it is ours, and not the row's. */
export function errorsOf(error: unknown): string[] {
  if (error instanceof CellRefused) return [error.message];
  if (!(error instanceof Refusal) || !theirs.has(error.code)) throw error;
  const problems = (error.extensions['problems'] ?? []) as readonly InputProblem[];
  if (problems.length === 0) return [error.message];
  return problems.slice(0, rowErrorsMax).map(({ path, message }) => `${path.filter((step) => step !== 'input').join('.') || 'row'}: ${message}`);
}

const theirs: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'NOT_FOUND']);
