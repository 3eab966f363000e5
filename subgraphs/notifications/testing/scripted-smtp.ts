import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What a strange mail server answers where it does not say yes. */
export interface SmtpScript {
  /** Empty: it says nothing. */
  readonly greeting?: string;
  readonly recipient?: (command: string) => string;
  readonly message?: (content: string) => string;
}

/** A mail server that refuses, as strangers' servers do; the catcher takes everything. */
export interface ScriptedSmtp extends AsyncDisposable {
  readonly url: string;
  /** How often somebody named a recipient. */
  recipients(): number;
}

/** Starts one on a free port. */
export async function scriptedSmtp(script: SmtpScript): Promise<ScriptedSmtp> {
  let recipients = 0;
  const server = createServer((socket) => talk(socket, script, () => (recipients += 1)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recipients: () => recipients,
    [Symbol.asyncDispose]: async () => void (await new Promise((resolve) => server.close(resolve))),
  };
}

function talk(socket: Socket, { greeting, recipient, message }: SmtpScript, onRecipient: () => void): void {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  let content: string | undefined;
  let rest = '';
  const hear = (line: string): void => {
    if (content !== undefined) {
      if (line !== '.') return void (content += `${line}\n`);
      say(message?.(content) ?? '250 2.0.0 Ok: queued as TAKEN');
      content = undefined;
    } else if (/^RCPT/i.test(line)) {
      onRecipient();
      say(recipient?.(line) ?? '250 Ok');
    } else if (/^DATA/i.test(line)) {
      content = '';
      say('354 Go on');
    } else say('250 Ok');
  };
  socket.on('error', () => undefined).on('data', (data: Buffer) => {
    const lines = (rest + data.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    lines.forEach(hear);
  });
  if (greeting !== '') say(greeting ?? '220 strange.example ESMTP');
}
