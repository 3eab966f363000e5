import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** The parts of an address, as a client gives them. */
export interface AddressParts {
  readonly name?: string | null;
  readonly company?: string | null;
  readonly line1: string;
  readonly line2?: string | null;
  readonly city?: string | null;
  readonly district?: string | null;
  readonly region?: string | null;
  readonly postalCode?: string | null;
  readonly country: string;
  readonly phone?: string | null;
}

/** One part that is missing or wrong. */
export interface AddressFault {
  readonly part: keyof AddressParts;
  readonly message: string;
}

interface CountryRules {
  readonly required: readonly (keyof AddressParts)[];
  readonly postalCode?: { readonly pattern: RegExp; readonly example: string };
}

/** What each country's post asks for (UPU addressing sheets). A country that is not here asks for a first line only. */
const rules: Readonly<Partial<Record<string, CountryRules>>> = {
  BD: { required: ['city'], postalCode: { pattern: /^\d{4}$/, example: '1212' } },
  SE: { required: ['city', 'postalCode'], postalCode: { pattern: /^\d{3} ?\d{2}$/, example: '114 55' } },
  NO: { required: ['city', 'postalCode'], postalCode: { pattern: /^\d{4}$/, example: '0150' } },
  DK: { required: ['city', 'postalCode'], postalCode: { pattern: /^\d{4}$/, example: '1050' } },
  FI: { required: ['city', 'postalCode'], postalCode: { pattern: /^\d{5}$/, example: '00100' } },
  DE: { required: ['city', 'postalCode'], postalCode: { pattern: /^\d{5}$/, example: '10115' } },
  FR: { required: ['city', 'postalCode'], postalCode: { pattern: /^\d{5}$/, example: '75001' } },
  NL: { required: ['city', 'postalCode'], postalCode: { pattern: /^\d{4} ?[A-Z]{2}$/, example: '1012 AB' } },
  GB: { required: ['city', 'postalCode'], postalCode: { pattern: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/, example: 'SW1A 1AA' } },
  US: { required: ['city', 'region', 'postalCode'], postalCode: { pattern: /^\d{5}(-\d{4})?$/, example: '94103' } },
  IN: { required: ['city', 'region', 'postalCode'], postalCode: { pattern: /^\d{6}$/, example: '110001' } },
};

const lengthMax = 200;

/** What is wrong with an address by its country's rules; empty when it will do. */
export function faultsOf(address: AddressParts): AddressFault[] {
  const country = rules[address.country];
  const missing = (['line1', ...(country?.required ?? [])] as const).filter((part) => !address[part]?.trim());
  const long = (Object.keys(address) as (keyof AddressParts)[]).filter((part) => (address[part]?.length ?? 0) > lengthMax);
  return [
    ...missing.map((part) => ({ part, message: `Addresses in ${address.country} need it.` })),
    ...long.map((part) => ({ part, message: `Longer than ${lengthMax} characters.` })),
    ...postalCodeFaults(address, country),
    ...phoneFaults(address),
  ];
}

/** The address as it is kept: trimmed, the phone in E.164, nothing as null. */
export function tidied(address: AddressParts): Required<{ [K in keyof AddressParts]: AddressParts[K] }> {
  const text = (part: string | null | undefined) => part?.trim() || null;
  const phone = address.phone ? parsePhoneNumberFromString(address.phone, address.country as CountryCode)?.number ?? null : null;
  return {
    name: text(address.name), company: text(address.company), line1: address.line1.trim(), line2: text(address.line2), city: text(address.city),
    district: text(address.district), region: text(address.region), postalCode: text(address.postalCode), country: address.country, phone,
  };
}

function postalCodeFaults(address: AddressParts, country: CountryRules | undefined): AddressFault[] {
  const code = address.postalCode?.trim();
  if (!code || !country?.postalCode || country.postalCode.pattern.test(code.toUpperCase())) return [];
  return [{ part: 'postalCode', message: `Postal codes in ${address.country} look like ${country.postalCode.example}.` }];
}

function phoneFaults(address: AddressParts): AddressFault[] {
  if (!address.phone) return [];
  const phone = parsePhoneNumberFromString(address.phone, address.country as CountryCode);
  return phone?.isValid() ? [] : [{ part: 'phone', message: 'Not a telephone number of this country or with a country code.' }];
}
