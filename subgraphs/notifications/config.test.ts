import { readConfig } from '@haat/kit/config';
import { describe, expect, it } from 'vitest';
import { notificationsConfig } from './config.js';

const good = { SMTP_URL: 'smtps://user:pass@mail.example:465', MAIL_FROM: 'no-reply@haat.example', LINK_BASE: 'https://{slug}.haat.example/' };

describe('The settings', () => {
  it('are taken, without the slash at the end', () => expect(readConfig(notificationsConfig, good)).toMatchObject({ LINK_BASE: 'https://{slug}.haat.example' }));

  it.each([
    ['SMTP_URL', 'http://mail.example'], ['SMTP_URL', undefined], ['MAIL_FROM', 'Haat <no-reply@haat.example>'], ['LINK_BASE', 'https://haat.example'], ['LINK_BASE', 'javascript:{slug}'], ['LINK_BASE', '{slug}'], ['LINK_BASE', 'https://{slug}.haat.example/?a=b'],
  ])('are refused by name: %s=%s', (name, value) => expect(() => readConfig(notificationsConfig, { ...good, [name]: value })).toThrow(name));
});
