import { lineOf } from '@haat/kit/limits';
import { z } from 'zod';

/** Parts that a country's post asks for beyond the first line (UPU addressing sheets), and how its codes look. */
const ofCountry: Readonly<Partial<Record<string, { readonly required: readonly string[]; readonly postalCode: RegExp }>>> = {
  BD: { required: ['city'], postalCode: /^\d{4}$/ },
  SE: { required: ['city', 'postalCode'], postalCode: /^\d{3} ?\d{2}$/ },
  NO: { required: ['city', 'postalCode'], postalCode: /^\d{4}$/ },
  DK: { required: ['city', 'postalCode'], postalCode: /^\d{4}$/ },
  FI: { required: ['city', 'postalCode'], postalCode: /^\d{5}$/ },
  DE: { required: ['city', 'postalCode'], postalCode: /^\d{5}$/ },
  IN: { required: ['city', 'region', 'postalCode'], postalCode: /^\d{6}$/ },
  US: { required: ['city', 'region', 'postalCode'], postalCode: /^\d{5}(-\d{4})?$/ },
};

const part = lineOf(200).nullish();

/** A vendor's own address, by its country's rules. A country without rules here asks for a first line only. */
export const postalAddress = z.object({
  name: part, company: part, line1: lineOf(200), line2: part, city: part, district: part, region: part, postalCode: part, country: z.string(), phone: lineOf(40).nullish(),
}).superRefine((address, check) => {
  const rules = ofCountry[address.country];
  const given: Readonly<Record<string, unknown>> = address;
  for (const path of rules?.required ?? []) {
    if (!given[path]) check.addIssue({ code: 'custom', path: [path], message: `addresses in ${address.country} need it` });
  }
  if (rules && address.postalCode && !rules.postalCode.test(address.postalCode)) check.addIssue({ code: 'custom', path: ['postalCode'], message: `no postal code of ${address.country}` });
});
