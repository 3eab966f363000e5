import { z } from 'zod';
import { kindRules, type TemplateKind } from '../template/template-kind.js';

/** What a sealed text has in it: to whom, what only they may know, and where in the shop it leads, as a path. */
export const mailContent = z.object({ to: z.string(), name: z.string().nullish(), secret: z.string().min(1).max(500).optional(), link: z.string().max(2_000).optional() });

/** The same, opened. */
export type OpenedContent = z.infer<typeof mailContent>;

const address = z.email().max(254);

/** Takes an opened text apart. Throws when it is not what its kind needs: then whoever sealed it has a bug. */
export function contentOf(kind: TemplateKind, opened: unknown): OpenedContent {
  const content = mailContent.parse(opened);
  if (kindRules[kind].hasSecret && content.secret === undefined) throw new Error(`A mail of kind ${kind} came without its secret.`);
  return content;
}

/** Whether a text is one address, with nothing in it that a mail's header or an SMTP command would read otherwise. */
export function isAddress(text: string): boolean {
  return address.safeParse(text).success;
}
