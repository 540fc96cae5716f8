import type { connect as en } from '../en/connect.ts';
import type { Texts } from '../texts.ts';

export const connect: Texts<typeof en> = {};
