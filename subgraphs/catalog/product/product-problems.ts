import { Problem } from '@haat/kit/problem';
import { Field, ID, ObjectType } from 'type-graphql';

/** Somebody else's variant has the SKU. */
@ObjectType({ implements: Problem, description: "Another product's variant has the SKU; choose another one." })
export class SkuTaken extends Problem {
  @Field(() => String, { description: 'The SKU that was asked for.' }) sku: string;

  static of(sku: string): SkuTaken {
    return Object.assign(new SkuTaken(), { message: `The SKU “${sku}” belongs to another variant. Choose another one.`, sku });
  }
}

/** The product type has no such attribute. */
@ObjectType({ implements: Problem, description: 'The product type has no attribute of that key.' })
export class UnknownAttribute extends Problem {
  @Field(() => String, { description: 'The key that was given.' }) attribute: string;
  @Field(() => [String], { description: 'The keys that the product type has.' }) known: string[];

  static of(attribute: string, known: string[]): UnknownAttribute {
    return Object.assign(new UnknownAttribute(), { message: `The product type has no attribute “${attribute}”.`, attribute, known });
  }
}

/** The value is not of the attribute's kind. */
@ObjectType({ implements: Problem, description: "A value does not fit its attribute's kind." })
export class AttributeRejected extends Problem {
  @Field(() => String, { description: 'The key of the attribute whose value does not fit.' }) attribute: string;
  @Field(() => String, { description: 'What would have been accepted, in words.' }) expected: string;

  static of(attribute: string, expected: string): AttributeRejected {
    return Object.assign(new AttributeRejected(), { message: `“${attribute}” expects ${expected}.`, attribute, expected });
  }
}

/** A variant cannot go while somebody offers it. */
@ObjectType({ implements: Problem, description: 'A variant cannot be taken away while vendors offer it.' })
export class VariantOffered extends Problem {
  @Field(() => ID, { description: 'The variant that is on offer still.' }) variantId: string;

  static of(variantId: string, sku: string): VariantOffered {
    return Object.assign(new VariantOffered(), { message: `The variant “${sku}” is on offer. Archive its offers first.`, variantId });
  }
}

/** Something is missing before shoppers may see it. */
@ObjectType({ implements: Problem, description: 'The product needs values of some attributes before shoppers may see it.' })
export class AttributesMissing extends Problem {
  @Field(() => [String], { description: 'The keys of the required attributes without a value.' }) attributes: string[];

  static of(attributes: string[]): AttributesMissing {
    return Object.assign(new AttributesMissing(), { message: `Fill in ${attributes.join(', ')} first.`, attributes });
  }
}

/** It is archived already. */
@ObjectType({ implements: Problem, description: 'The product was archived before, so nothing has changed.' })
export class AlreadyArchived extends Problem {
  static of(): AlreadyArchived {
    return Object.assign(new AlreadyArchived(), { message: 'The product is archived already.' });
  }
}

/** There are no such words to take away. */
@ObjectType({ implements: Problem, description: 'The product has no words of its own in that language.' })
export class NotTranslated extends Problem {
  static of(locale: string): NotTranslated {
    return Object.assign(new NotTranslated(), { message: `The product has no words in ${locale}.` });
  }
}

/** It is published already, so there is nothing to plan. */
@ObjectType({ implements: Problem, description: 'The product is seen by shoppers already, so its publishing cannot be planned.' })
export class AlreadyPublished extends Problem {
  static of(): AlreadyPublished {
    return Object.assign(new AlreadyPublished(), { message: 'The product is published already.' });
  }
}
