/** Where pages come from. Known on both sides, so no electron here. */
export const PAGE_ORIGIN = 'app://mailferry';
export const MAIL_ORIGIN = 'app://mail';
