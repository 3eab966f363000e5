import { NatsError, type JetStreamManager, type StreamInfo } from 'nats';
import { streamConfigOf } from './streams.js';

/** JetStream's own number for a stream that is not there. */
const streamNotFound = 10_059;

/** The producer's stream as it should be: made when it is not there, put right when it was set otherwise. */
export async function ensureStream(manager: JetStreamManager, producer: string, bytesMax?: number): Promise<StreamInfo> {
  const wanted = streamConfigOf(producer, bytesMax);
  const found = await streamInfo(manager, wanted.name);
  if (!found) return manager.streams.add(wanted);
  const isRight = Object.entries(wanted).every(([key, value]) => JSON.stringify(Reflect.get(found.config, key)) === JSON.stringify(value));
  return isRight ? found : manager.streams.update(wanted.name, wanted);
}

/** A stream's state, or undefined when there is none of the name. */
export async function streamInfo(manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name);
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.err_code === streamNotFound) return undefined;
    throw error;
  }
}
