import type { account as en } from '../en/account.ts';
import type { Texts } from '../texts.ts';

export const account: Texts<typeof en> = {};
