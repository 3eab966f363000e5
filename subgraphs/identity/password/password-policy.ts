/** The shortest password, in characters. NIST SP 800-63B section 5.1.1.2 asks for 8 at least. */
export const passwordLengthMin = 10;

/** The longest password, in bytes of UTF-8: looked at before anything is hashed. */
export const passwordBytesMax = 256;

/** Passwords of ten and more characters that lead the public lists of stolen ones. */
const stolen = new Set([
  '1234567890', '12345678910', '123456789a', '0123456789', '9876543210', '0987654321', '1q2w3e4r5t', '1qaz2wsx3edc', 'qwertyuiop', 'asdfghjkl;',
  'qwerty12345', 'qwerty123456', 'password12', 'password123', 'password1234', 'passw0rd123', 'iloveyou123', 'iloveyou12', 'letmein123', 'welcome123',
  'administrator', 'changeme123', 'football123', 'baseball123', 'princess123', 'sunshine123', 'abcdefghij', 'abcdefghijk', 'abcd123456', 'abc1234567',
  'a123456789', 'zxcvbnm123', 'q1w2e3r4t5', '1234512345', '1122334455', 'michael123', 'superman123', 'trustno1trustno1', 'dragon1234', 'monkey1234',
]);

/** What is wrong with a password, in words; empty when it will do. `email` is the account's. */
export function weaknesses(password: string, email?: string | null): string[] {
  if (Buffer.byteLength(password) > passwordBytesMax) return [`Longer than ${passwordBytesMax} bytes.`];
  const plain = password.normalize('NFKC').toLowerCase();
  const found: string[] = [];
  if ([...plain].length < passwordLengthMin) found.push(`Shorter than ${passwordLengthMin} characters.`);
  if (new Set(plain).size < 5) found.push('Made of fewer than five different characters.');
  if (stolen.has(plain)) found.push('On the public lists of stolen passwords.');
  if (email && isNameOf(plain, email.toLowerCase())) found.push('The same as the e-mail address.');
  if (plain.includes('\0')) found.push('Contains a null character.');
  return found;
}

function isNameOf(password: string, email: string): boolean {
  return password === email || password === email.split('@')[0];
}
