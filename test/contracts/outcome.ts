import type { Arranged, WallCase } from './case.js';

/** An answer at the door or straight from a subgraph. */
export interface AnyAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

/** Whether the rightful owner got what they should. */
export function isSuccess(each: WallCase, answer: AnyAnswer, arranged: Arranged): boolean {
  const value = valueOf(each, answer);
  return answer.errors === undefined && value !== null && each.succeeded(value, arranged);
}

/** What a stranger got who should get nothing: empty when they were refused in words of ours, or answered as if there were nothing. */
export function gained(each: WallCase, answer: AnyAnswer, arranged: Arranged): string[] {
  const codes = (answer.errors ?? []).map((error) => error.extensions?.['code']);
  const isReasoned = codes.every((code) => code !== undefined && code !== 'INTERNAL');
  return [...(isReasoned ? [] : [`an error without a reason: ${JSON.stringify(answer.errors)}`]), ...taken(each, answer, arranged)];
}

/** What a stranger got of the owner's, in whatever words they were refused. */
export function taken(each: WallCase, answer: AnyAnswer, arranged: Arranged): string[] {
  const value = valueOf(each, answer);
  const isOwners = value !== null && each.succeeded(value, arranged);
  return [...(isOwners ? [`what is the owner's: ${JSON.stringify(value)}`] : []), ...shown(answer, arranged)];
}

/** Marks of the owner that an answer shows. A refusal may quote what was sent; it says the same of what is nobody's. */
export function shown(answer: AnyAnswer, { marks, variables }: Arranged): string[] {
  const sent = JSON.stringify(variables);
  const data = JSON.stringify(answer.data ?? null);
  const errors = JSON.stringify(answer.errors ?? []);
  return marks.filter((mark) => data.includes(mark) || (errors.includes(mark) && !sent.includes(mark))).map((mark) => `${mark} in ${data} ${errors}`);
}

function valueOf(each: WallCase, answer: AnyAnswer): Record<string, unknown> | null {
  const [, name = ''] = each.field.split('.');
  return (answer.data?.[name] ?? null) as Record<string, unknown> | null;
}
