/** Every operator that code may use: the compatibility test runs each on whichever server is there. */
export const mongoOperators = [
  '$$NOW', '$add', '$all', '$cond', '$each', '$eq', '$exists', '$gt', '$gte', '$in', '$inc', '$lt', '$lte', '$max', '$min', '$ne', '$or',
  '$pull', '$pullAll', '$push', '$set', '$setOnInsert', '$size', '$slice', '$unset',
] as const;

/** Every command that code may send, and the forms of it. */
export const mongoCommands = [
  'find', 'find sorted', 'count limited', 'insertOne', 'insertMany unordered', 'updateOne', 'updateOne upsert', 'updateOne pipeline', 'updateMany pipeline',
  'findOneAndUpdate pipeline', 'deleteOne', 'deleteMany', 'bulkWrite ordered', 'createIndex', 'dropDatabase', 'ping',
] as const;

/** Every kind of index that code may declare. */
export const mongoIndexKinds = ['compound', 'descending', 'unique', 'sparse', 'unique sparse', 'partial where set'] as const;
