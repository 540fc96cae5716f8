/** The shape that German has to have: every key of English, with texts of its own. */
export type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
