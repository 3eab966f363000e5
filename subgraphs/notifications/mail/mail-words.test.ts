import { describe, expect, it } from 'vitest';
import { TemplateKind } from '../template/template-kind.js';
import { linkOf } from './link-of.js';
import { mailFailure } from './mail-failure.js';
import { maskAddress, maskAddresses } from './mask-address.js';
import { momentIn } from './moment-in.js';
import { nameInMail } from './name-in-mail.js';

describe('A name in a mail', () => {
  it.each(['Anna', 'Åsa Öberg', 'Dr. Ann Lee', "O'Neil", 'রহিমা', 'Jean-Luc', '  Ann \n Lee '])('is said when it is one: %j', (name) => expect(nameInMail(name)).not.toBe(''));
  it.each([undefined, null, '', 'Win at evil.example', 'https://evil.example', 'www.evil', 'a@b', '<b>Ann</b>', '{{link}}', 'evil．example', 'x'.repeat(81)])('is left out when it is more: %j', (name) => expect(nameInMail(name)).toBe(''));
});

describe('An address', () => {
  it.each([['anna.berg@mail.shop.example', 'a…@m….example'], ['a@b.se', 'a…@b….se'], ['nothing', '…'], ['@x.se', '…']])('%s is shown as %s', (address, shown) => expect(maskAddress(address)).toBe(shown));
  it('is masked inside a text', () => expect(maskAddresses('550 <ann@shop.example>: no, "bob@x.se"')).toBe('550 <a…@s….example>: no, "b…@x….se"'));
});

describe('A refusal of the mail server', () => {
  it.each([
    ['RCPT TO', 550, true], ['DATA', 554, true], ['MAIL FROM', 553, true], ['RCPT TO', 450, false], ['DATA', 421, false], ['AUTH PLAIN', 535, false], ['MAIL FROM', 530, false], ['EHLO', 554, false], [undefined, undefined, false],
  ])('of %s with %s is for good: %s', (command, responseCode, isPermanent) => {
    expect(mailFailure({ command, responseCode, message: 'No' }, undefined)).toEqual({ isPermanent, reason: 'No' });
  });

  it('is kept on one line, short, without secrets', () => {
    const { reason } = mailFailure({ response: `550 no\r\n{"level":60} \u001b[31m s3cret ann@shop.example ${'x'.repeat(1_000_000)}` }, 's3cret');
    expect(reason).toMatch(/^550 no \{"level":60\} +\[31m … a…@s….example x+$/);
    expect(reason.length).toBeLessThanOrEqual(300);
  });

  it('that is no error at all is said in words', () => expect(mailFailure({}, '').reason).toBe('The mail server could not be spoken to.'));
});

describe('What a mail says of time and place', () => {
  const moment = new Date('2026-03-01T09:30:00Z');

  it.each([['en', 'Asia/Dhaka', /March 1, 2026.*03:30.PM GMT\+6/], ['sv', 'Europe/Stockholm', /1 mars 2026.*10:30 CET/], ['bn', 'UTC', /১ মার্চ/], ['../x', 'Mars/Olympus', /March 1, 2026.*09:30.AM UTC/]])('is in %s and %s', (locale, zone, said) => {
    expect(momentIn(moment, locale, zone)).toMatch(said);
  });

  it('is a page of the marketplace, with the secret where no server logs it', () => {
    expect(linkOf('https://{slug}.haat.example', 'acme', TemplateKind.RESET_PASSWORD, 'a/b#c&d')).toBe('https://acme.haat.example/reset-password#token=a%2Fb%23c%26d');
    expect(linkOf('https://{slug}.haat.example', 'acme', TemplateKind.SIGN_IN_CODE, '123456')).toBe('');
  });
});
