/** What a user may ask of an archive besides reading and writing mail. */
export { checkArchive, type CheckReport, type Finding } from './check-archive.ts';
export { repairArchive, type RepairReport } from './repair-archive.ts';
export { verifyArchive, type VerifyOptions, type VerifyReport, type VerifyProblem } from './verify-archive.ts';
