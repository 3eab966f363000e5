/** No MongoDB can be had here. The message is one sentence that says what to do; it is shown as it is, without a stack. */
export class MongoUnavailable extends Error {
  readonly code = 'MONGO_UNAVAILABLE';
  override readonly name = 'MongoUnavailable';
}
