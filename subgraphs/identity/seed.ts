import { platformTenantId } from '@haat/schema/ids';
import type { Seeding } from '@haat/kit/define';
import { fixedId } from '@haat/kit/id';
import type { Role } from '@haat/kit/identity';
import type { IdentityTx } from './context.js';
import { hashPassword } from './password/hash-password.js';
import { countedStaff } from './role/grant-role.js';
import { sayUsage } from './role/say-usage.js';
import { User } from './user/user.js';

/** The password of every demonstration login. Development only: a production start seeds nothing. */
export const demoPassword = 'haat-demo-2026';

/** The people of the demonstration: one of each role in both marketplaces, and the platform's own. */
export const demoPeople: readonly { tenantId: string; tenant: string; role: Role; email: string; name: string; locale: string }[] = [
  { tenantId: platformTenantId, tenant: 'haat', role: 'PLATFORM', email: 'platform@haat.example', name: 'Farida Haq', locale: 'en' },
  { tenantId: fixedId('ten', 'acme'), tenant: 'acme', role: 'OPERATOR', email: 'operator@acme.example', name: 'Tahmina Rahman', locale: 'bn' },
  { tenantId: fixedId('ten', 'acme'), tenant: 'acme', role: 'MERCHANT', email: 'merchant@acme.example', name: 'Rafiq Islam', locale: 'bn' },
  { tenantId: fixedId('ten', 'acme'), tenant: 'acme', role: 'SHOPPER', email: 'shopper@acme.example', name: 'Nusrat Jahan', locale: 'en' },
  { tenantId: fixedId('ten', 'nordic'), tenant: 'nordic', role: 'OPERATOR', email: 'operator@nordic.example', name: 'Astrid Lindqvist', locale: 'sv' },
  { tenantId: fixedId('ten', 'nordic'), tenant: 'nordic', role: 'MERCHANT', email: 'merchant@nordic.example', name: 'Erik Sandberg', locale: 'sv' },
  { tenantId: fixedId('ten', 'nordic'), tenant: 'nordic', role: 'SHOPPER', email: 'shopper@nordic.example', name: 'Maja Holm', locale: 'en' },
];

/** Makes each person that is not there yet. */
export async function seedIdentity(seeding: Seeding): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  for (const person of demoPeople) {
    await seeding.inTenant(person.tenantId, (tx: IdentityTx) => make(tx, person, passwordHash));
  }
}

async function make(tx: IdentityTx, person: (typeof demoPeople)[number], passwordHash: string): Promise<void> {
  const id = fixedId('usr', person.email);
  if (await tx.db.existsBy(User, { tenantId: person.tenantId, id })) return;
  await tx.db.save(tx.db.create(User, {
    tenantId: person.tenantId, id, version: 1, email: person.email, phone: null, name: person.name, emailVerifiedAt: tx.clock.now(), passwordHash,
    status: 'ACTIVE', roles: [person.role], grants: [], vendors: [], locale: person.locale, wantsMarketing: false, storedMetadata: [],
  }));
  if (person.role === 'OPERATOR') await sayUsage(tx, 'staff', await countedStaff(tx));
}
