/** What a form says: texts, and in brackets lists and records of them. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue };
/** The parameters of a request. */
export type Form = { [name: string]: FormValue };

const depthMax = 6;

/** Reads `a=1&b[c]=2&d[]=3&e[0]=4` as nested values; a later value of a name takes the place of an earlier one. */
export function readForm(text: string): Form {
  const form: Form = Object.create(null) as Form;
  for (const [name, value] of new URLSearchParams(text)) {
    const [first = '', ...rest] = name.split('[');
    setIn(form, [first, ...rest.map((part) => part.replace(/\]$/, ''))].slice(0, depthMax), value);
  }
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, withLists(value)]));
}

function setIn(form: Form, [name = '', ...deeper]: readonly string[], value: string): void {
  const at = name === '' ? String(Object.keys(form).length) : name;
  if (deeper.length === 0) return void (form[at] = value);
  const known = form[at];
  const inner: Form = known && typeof known === 'object' && !Array.isArray(known) ? known : (Object.create(null) as Form);
  form[at] = inner;
  setIn(inner, deeper, value);
}

/** A record whose names are 0, 1, 2 … is a list. */
function withLists(value: FormValue): FormValue {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, FormValue] => [name, withLists(inner)]);
  const isList = entries.length > 0 && entries.every(([name], at) => name === String(at));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
