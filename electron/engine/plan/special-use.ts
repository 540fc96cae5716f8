import type { SpecialUse } from '../../../shared/mailbox.ts';
