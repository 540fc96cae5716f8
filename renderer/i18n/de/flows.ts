import type { flows as en } from '../en/flows.ts';
import type { Texts } from '../texts.ts';

export const flows: Texts<typeof en> = {};
