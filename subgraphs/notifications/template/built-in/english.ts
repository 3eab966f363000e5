import type { BuiltInTexts } from './built-in-templates.js';
import { englishNews } from './english-news.js';

/** The words of every mail in English. */
export const english: BuiltInTexts = {
  ...englishNews,
  VERIFY_EMAIL: {
    subject: 'Confirm your e-mail address for {{marketplace}}',
    text: `Hello {{name}},

please confirm that this address is yours, so that {{marketplace}} can reach you:

{{link}}

The link is good until {{expiresAt}}. If you did not register, do nothing: the address is not used then.`,
  },
  RESET_PASSWORD: {
    subject: 'Choose a new password for {{marketplace}}',
    text: `Hello {{name}},

somebody asked for a new password for your account at {{marketplace}}. Choose one here:

{{link}}

The link is good once, until {{expiresAt}}. If it was not you, do nothing: your password stays as it is.`,
  },
  INVITATION: {
    subject: 'You are invited to {{marketplace}}',
    text: `Hello {{name}},

you are invited to {{marketplace}}. Choose a password, and you are in:

{{link}}

The invitation is good until {{expiresAt}}. If you do not know what this is about, do nothing.`,
  },
  VENDOR_INVITATION: {
    subject: 'You are invited to sell at {{marketplace}}',
    text: `Hello {{name}},

you are invited to work for {{vendor}} at {{marketplace}}. Sign in, or make an account, and accept here:

{{link}}

The invitation is good once, until {{expiresAt}}. If you do not know what this is about, do nothing.`,
  },
  SIGN_IN_CODE: {
    subject: 'Your code for {{marketplace}}',
    text: `Hello {{name}},

this is your code to sign in at {{marketplace}}:

{{code}}

It is good until {{expiresAt}}. Nobody of ours will ever ask you for it. If you did not want to sign in, do nothing.`,
  },
  ALREADY_REGISTERED: {
    subject: 'You already have an account at {{marketplace}}',
    text: `Hello {{name}},

somebody tried to register with this address at {{marketplace}}, where you have an account already. If it was you, sign in here, or ask for a new password there:

{{link}}

If it was not you, do nothing: your account is as it was.`,
  },
};
