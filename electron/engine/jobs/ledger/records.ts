/** Lines of a transfer ledger. Short member names: a message costs one row in the line of its batch. */

/** uid, targetUid, sizeBytes, internalDate, flags, fingerprint, headerDigest */
export type StoredRow = [number, number | null, number, string | null, readonly string[], string, string];

export type LedgerRecord =
  | { type: 'ledger'; version: 1; source: string; target: string }
  | { type: 'pair'; pair: number; from: string; to: string }
  /** The target mailbox's UIDVALIDITY: another one than before voids what was recorded of the pair. */
  | { type: 'target'; pair: number; uidValidity: number }
  | {
      type: 'intent';
      pair: number;
      generation: number;
      targetUidNext: number;
      rows: [uid: number, sizeBytes: number, fingerprint: string | null][];
    }
  | { type: 'stored'; pair: number; generation: number; rows: StoredRow[] }
  /** Not at the target: the intent is closed, the message may be sent again. */
  | { type: 'refused'; pair: number; generation: number; uids: number[] }
  | { type: 'flags'; pair: number; generation: number; rows: [uid: number, flags: readonly string[]][] }
  | { type: 'missing'; pair: number; generation: number; uids: number[] }
  | {
      type: 'renumbered';
      pair: number;
      generation: number;
      rows: [uid: number, flags: readonly string[], wasGeneration: number, wasUid: number][];
    }
  | { type: 'pass'; pair: number; uidValidity: number; uidNext: number; messages: number; highestModSeq: string | null }
  /** Recorded as stored, and found to be gone from the target. */
  | { type: 'lost'; pair: number; generation: number; uids: number[] };
