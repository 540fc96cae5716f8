import { beforeEach, describe, expect, test } from 'vitest';
import { createAdmission, type Admission } from '../../../electron/web/admission.ts';

let now = 0;
let admission: Admission;
beforeEach(() => {
  now = 0;
  admission = createAdmission(() => now);
});

const sessionFor = (token: string): string => {
  const answer = admission.admit({ token });
  if ('refused' in answer) throw new Error('not admitted');
  return answer.session;
};

describe('a link', () => {
  test('has 128 bits and lets one page in', () => {
    const token = admission.newToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(16);
    expect(admission.admit({ token })).toHaveProperty('session');
    expect(admission.admit({ token })).toEqual({ refused: 'wrong' });
  });

  test('replaces the one before', () => {
    const before = admission.newToken();
    const token = admission.newToken();
    expect(admission.admit({ token: before })).toEqual({ refused: 'wrong' });
    expect(admission.admit({ token })).toHaveProperty('session');
  });

  test('of today does not end the session of a page that is open', () => {
    const session = sessionFor(admission.newToken());
    sessionFor(admission.newToken());
    expect(admission.admit({ session })).toEqual({ session });
  });
});

describe('a session', () => {
  test('works again and again', () => {
    const session = sessionFor(admission.newToken());
    expect(Buffer.from(session, 'base64url')).toHaveLength(32);
    for (let i = 0; i < 3; i++) expect(admission.admit({ session })).toEqual({ session });
  });

  test('is no token, and a token is no session', () => {
    const token = admission.newToken();
    expect(admission.admit({ session: token })).toEqual({ refused: 'wrong' });
    const session = sessionFor(token);
    expect(admission.admit({ token: session })).toEqual({ refused: 'wrong' });
  });
});

test.each([
  null,
  undefined,
  7,
  'text',
  [],
  {},
  { token: '' },
  { token: 7 },
  { session: null },
  { token: { length: 22 } },
])('a greeting of %j is wrong', (greeting) => {
  admission.newToken();
  expect(admission.admit(greeting)).toEqual({ refused: 'wrong' });
});

test('after 20 wrong tries in a minute nothing is looked at until the minute is over', () => {
  const token = admission.newToken();
  for (let i = 0; i < 20; i++) expect(admission.admit({ token: `wrong ${i}` })).toEqual({ refused: 'wrong' });
  expect(admission.admit({ token })).toEqual({ refused: 'too-many' });
  now = 59_999;
  expect(admission.admit({ token })).toEqual({ refused: 'too-many' });
  now = 60_000;
  expect(admission.admit({ token })).toHaveProperty('session');
});
