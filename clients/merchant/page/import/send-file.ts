import { Refused } from '../door/refused.js';

/** The door read the file and does not take it. */
export interface FileRefused {
  readonly message: string;
}

/** Sends a file to its place; answers why it was not taken. Throws {@link Refused} when it did not arrive. */
export async function sendFile(path: string, file: File, headers: Readonly<Record<string, string>>): Promise<FileRefused | undefined> {
  const response = await fetch(path, { method: 'POST', body: file, headers: { ...headers, 'content-type': 'application/octet-stream' } }).catch((error: unknown) => {
    throw new Refused('UNREACHABLE', String(error));
  });
  if (response.ok) return undefined;
  const told = (await response.json().catch(() => ({}))) as { readonly message?: string; readonly code?: string };
  return { message: told.message ?? told.code ?? String(response.status) };
}

/** Fetches a file that only this viewer may have, and hands it to the browser to be saved. */
export async function saveFile(path: string, name: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const response = await fetch(path, { headers });
  if (!response.ok) throw new Refused('NOT_FOUND', String(response.status));
  const url = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
