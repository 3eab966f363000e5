import type { InputProblem } from '@haat/kit/refusal';

/** Options and variants as somebody wishes them. `values` has one value of each option, in their order. */
export interface OptionsAndVariants {
  readonly options: readonly { readonly name: string; readonly values: readonly string[]; readonly translations: readonly { readonly locale: string; readonly values: readonly string[] }[] }[];
  readonly variants: readonly { readonly sku: string; readonly values: readonly string[] }[];
}

/** Where options and variants do not fit together: every variant has one value of each option, and no two have the same. */
export function checkOptions({ options, variants }: OptionsAndVariants): InputProblem[] {
  return [
    ...twice(options.map(({ name }) => name)).map((at) => problem(['options', at, 'name'], `expected each option once, came ${options[at]?.name} again`)),
    ...options.flatMap(({ values }, at) => twice(values).map((n) => problem(['options', at, 'values', n], `expected each value once, came ${values[n]} again`))),
    ...options.flatMap(({ values, translations }, at) => translations.flatMap((t, n) => (t.values.length === values.length ? [] : [problem(['options', at, 'translations', n, 'values'], `expected ${values.length} values in the order of the option's, came ${t.values.length}`)]))),
    ...variants.flatMap((variant, at) => checkValues(options, variant.values, at)),
    ...twice(variants.map(({ values }) => values.join('\u0000'))).map((at) => problem(['variants', at, 'values'], `expected another combination than an earlier variant's, came ${variants[at]?.values.join(', ') || 'no values'}`)),
    ...twice(variants.map(({ sku }) => sku)).map((at) => problem(['variants', at, 'sku'], `expected each SKU once, came ${variants[at]?.sku} again`)),
  ];
}

function checkValues(options: OptionsAndVariants['options'], values: readonly string[], at: number): InputProblem[] {
  if (values.length !== options.length) return [problem(['variants', at, 'values'], `expected ${options.length} values, one of each option, came ${values.length}`)];
  return values.flatMap((value, n) => (options[n]?.values.includes(value) ? [] : [problem(['variants', at, 'values', n], `expected one of ${options[n]?.values.slice(0, 10).join(', ')}, came ${value}`)]));
}

/** Places of what stood before already, in whatever case. */
function twice(texts: readonly string[]): number[] {
  const seen = new Set<string>();
  return texts.flatMap((text, at) => {
    const key = text.toLowerCase();
    if (seen.has(key)) return [at];
    seen.add(key);
    return [];
  });
}

function problem(path: readonly (string | number)[], message: string): InputProblem {
  return { path: ['input', ...path], message };
}
