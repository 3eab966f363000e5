import { Allow } from '@haat/kit/access';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { TenantsContext } from '../context.js';
import { AddDomainInput, AddDomainResult, addDomain } from './add-domain.js';
import { RemoveDomainInput, RemoveDomainResult, removeDomain } from './remove-domain.js';
import { VerifyDomainInput, VerifyDomainResult, verifyDomain } from './verify-domain.js';

/** Mutations of host names. */
@Resolver()
export class DomainResolver {
  @Allow('OPERATOR')
  @Mutation(() => AddDomainResult, { description: 'Claims a host name; it serves once verifyDomain has seen its TXT record.' })
  addDomain(@Ctx() ctx: TenantsContext, @Arg('input', () => AddDomainInput) input: AddDomainInput): Promise<object> {
    return ctx.transaction((tx) => addDomain(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => VerifyDomainResult, { description: 'Asks DNS for the claim\'s TXT record and, when it is there, lets the host serve.' })
  verifyDomain(@Ctx() ctx: TenantsContext, @Arg('input', () => VerifyDomainInput) input: VerifyDomainInput): Promise<object> {
    return verifyDomain(ctx, input);
  }

  @Allow('OPERATOR')
  @Mutation(() => RemoveDomainResult, { description: 'Gives a claim on a host name up; the host serves no more.' })
  removeDomain(@Ctx() ctx: TenantsContext, @Arg('input', () => RemoveDomainInput) input: RemoveDomainInput): Promise<object> {
    return ctx.transaction((tx) => removeDomain(tx, input));
  }
}
