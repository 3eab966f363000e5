import { DefaultNamingStrategy } from 'typeorm';

/** Column names as SQL has them: `createdAt` is created_at, `price.minor` is price_minor. A name given by hand stays. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override tableName(className: string, givenName: string | undefined): string {
    return givenName ?? snakeCase(className);
  }

  override columnName(property: string, givenName: string | undefined, embeddedIn: string[]): string {
    return [...embeddedIn.map(snakeCase), givenName ?? snakeCase(property)].join('_');
  }

  override joinColumnName(relation: string, referenced: string): string {
    return `${snakeCase(relation)}_${snakeCase(referenced)}`;
  }
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
