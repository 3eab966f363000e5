/** A subgraph's store on Postgres. */
export interface PostgresStore {
  readonly kind: 'postgres';
}
