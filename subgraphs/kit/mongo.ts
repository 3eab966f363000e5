/** A subgraph's store on the MongoDB protocol. */
export interface MongoStore {
  readonly kind: 'mongo';
}
