import { Problem } from '@haat/kit/problem';
import { Field, ObjectType } from 'type-graphql';
import { ImportStatus } from './import-job.row.js';

/** The import is not where that can be done. */
@ObjectType({ implements: Problem, description: 'The import is in a state in which that cannot be done.' })
export class ImportStatusRefused extends Problem {
  @Field(() => ImportStatus, { description: 'How far the import is now.' }) now: ImportStatus;

  static of(now: ImportStatus): ImportStatusRefused {
    return Object.assign(new ImportStatusRefused(), { message: `The import is ${now}; this cannot be done with it now.`, now });
  }
}
