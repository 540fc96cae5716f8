import type { job as en } from '../en/job.ts';
import type { Texts } from '../texts.ts';

export const job: Texts<typeof en> = {};
