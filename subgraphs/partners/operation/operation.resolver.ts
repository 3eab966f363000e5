import { Allow } from '@haat/kit/access';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { PartnersContext } from '../context.js';
import { ApproveOperationInput, ApproveOperationResult, approveOperation, RejectOperationInput, RejectOperationResult, rejectOperation, WithdrawOperationInput, WithdrawOperationResult, withdrawOperation } from './decide-operation.js';
import { measured, OperationsNotAccepted, RegisterOperationsInput, RegisterOperationsResult, registerOperations } from './register-operations.js';
import { RegisteredOperation } from './registered-operation.js';

/** Operations that partners' programs may run. */
@Resolver(() => RegisteredOperation)
export class OperationResolver {
  @Allow('OPERATOR', 'PARTNER')
  @Mutation(() => RegisterOperationsResult, { description: 'Registers operations of a partner\'s program; cheap ones may run at once.' })
  async registerOperations(@Ctx() ctx: PartnersContext, @Arg('input', () => RegisterOperationsInput) input: RegisterOperationsInput): Promise<object> {
    const good = await measured(ctx, input);
    return good instanceof OperationsNotAccepted ? good : ctx.transaction((tx) => registerOperations(tx, good));
  }

  @Allow('OPERATOR')
  @Mutation(() => ApproveOperationResult, { description: 'Lets a partner\'s program run an operation that it registered.' })
  approveOperation(@Ctx() ctx: PartnersContext, @Arg('input', () => ApproveOperationInput) input: ApproveOperationInput): Promise<object> {
    return ctx.transaction((tx) => approveOperation(tx, input));
  }

  @Allow('OPERATOR')
  @Mutation(() => RejectOperationResult, { description: 'Decides against an operation of a partner\'s program, also a running one.' })
  rejectOperation(@Ctx() ctx: PartnersContext, @Arg('input', () => RejectOperationInput) input: RejectOperationInput): Promise<object> {
    return ctx.transaction((tx) => rejectOperation(tx, input));
  }

  @Allow('OPERATOR', 'PARTNER')
  @Mutation(() => WithdrawOperationResult, { description: 'Takes back an operation of a partner\'s program, which then no longer runs.' })
  withdrawOperation(@Ctx() ctx: PartnersContext, @Arg('input', () => WithdrawOperationInput) input: WithdrawOperationInput): Promise<object> {
    return ctx.transaction((tx) => withdrawOperation(tx, input));
  }
}
