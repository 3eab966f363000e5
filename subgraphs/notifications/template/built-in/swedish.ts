import type { BuiltInTexts } from './built-in-templates.js';
import { swedishNews } from './swedish-news.js';

/** The words of every mail in Swedish. */
export const swedish: BuiltInTexts = {
  ...swedishNews,
  VERIFY_EMAIL: {
    subject: 'Bekräfta din e-postadress hos {{marketplace}}',
    text: `Hej {{name}}!

Bekräfta att adressen är din, så att {{marketplace}} kan nå dig:

{{link}}

Länken gäller till {{expiresAt}}. Om det inte var du som registrerade dig behöver du inte göra något: adressen används då inte.`,
  },
  RESET_PASSWORD: {
    subject: 'Välj ett nytt lösenord hos {{marketplace}}',
    text: `Hej {{name}}!

Någon har bett om ett nytt lösenord till ditt konto hos {{marketplace}}. Välj ett här:

{{link}}

Länken gäller en gång, till {{expiresAt}}. Om det inte var du behöver du inte göra något: ditt lösenord är kvar som det var.`,
  },
  INVITATION: {
    subject: 'Du är inbjuden till {{marketplace}}',
    text: `Hej {{name}}!

Du är inbjuden till {{marketplace}}. Välj ett lösenord för att komma igång:

{{link}}

Inbjudan gäller till {{expiresAt}}. Om du inte vet vad det handlar om behöver du inte göra något.`,
  },
  VENDOR_INVITATION: {
    subject: 'Du är inbjuden att sälja hos {{marketplace}}',
    text: `Hej {{name}}!

Du är inbjuden att arbeta för {{vendor}} hos {{marketplace}}. Logga in, eller skapa ett konto, och tacka ja här:

{{link}}

Inbjudan gäller en gång, till {{expiresAt}}. Om du inte vet vad det handlar om behöver du inte göra något.`,
  },
  SIGN_IN_CODE: {
    subject: 'Din kod hos {{marketplace}}',
    text: `Hej {{name}}!

Det här är din kod för att logga in hos {{marketplace}}:

{{code}}

Den gäller till {{expiresAt}}. Ingen av oss kommer någonsin att fråga dig efter den. Om du inte ville logga in behöver du inte göra något.`,
  },
  ALREADY_REGISTERED: {
    subject: 'Du har redan ett konto hos {{marketplace}}',
    text: `Hej {{name}}!

Någon försökte registrera sig med den här adressen hos {{marketplace}}, där du redan har ett konto. Om det var du kan du logga in här, eller be om ett nytt lösenord:

{{link}}

Om det inte var du behöver du inte göra något: ditt konto är som det var.`,
  },
};
