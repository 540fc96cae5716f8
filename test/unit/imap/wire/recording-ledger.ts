import type { AppendIntent, AppendLedger, AppendMailbox } from '../../../../electron/engine/imap/append-ledger.ts';
import type { OpenIntent, PlacedMessage } from '../../../../electron/engine/sink.ts';

/** A ledger that keeps everything in memory, in the order told. */
export class RecordingMailbox implements AppendMailbox {
  readonly intents = new Map<number, AppendIntent>();
  readonly messages = new Map<number, PlacedMessage>();
  readonly refusedUids: number[] = [];
  readonly order: string[] = [];

  openIntents = (): OpenIntent[] => [...this.intents.values()];
  lastPass = () => null;
  known = () => ({ uids: new Uint32Array(0), flags: [], missing: new Uint8Array(0) });
  otherGenerations = () => [];
  recordFlags = () => Promise.resolve();
  recordMissing = () => Promise.resolve();
  recordRenumbered = () => Promise.resolve();
  completePass = () => Promise.resolve();
  adopt = () => Promise.resolve();
  forgetStored = () => Promise.resolve();

  async intend(intents: AppendIntent[]): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 2));
    for (const intent of intents) this.intents.set(intent.uid, intent);
    this.order.push(`intend ${intents.map(({ uid }) => uid).join()}`);
  }

  async stored(entries: PlacedMessage[]): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 2));
    for (const entry of entries) {
      this.intents.delete(entry.uid);
      this.messages.set(entry.uid, entry);
    }
    this.order.push(`stored ${entries.map(({ uid }) => uid).join()}`);
  }

  async refused(_uidValidity: number, uids: number[]): Promise<void> {
    for (const uid of uids) this.intents.delete(uid);
    this.refusedUids.push(...uids);
    this.order.push(`refused ${uids.join()}`);
  }

  dropIntents = (uidValidity: number, uids: number[]) => this.refused(uidValidity, uids);
  targetUids = (_uidValidity: number, uids: ArrayLike<number>) =>
    Array.from(uids, (uid) => this.messages.get(uid)?.targetUid ?? null);
  placed = (_uidValidity: number, uids: ArrayLike<number>) => Array.from(uids, (uid) => this.messages.get(uid) ?? null);
}

export class RecordingLedger implements AppendLedger {
  readonly unheardSince = null;
  readonly record = new RecordingMailbox();
  mailbox = () => this.record;
  close = () => Promise.resolve();
}
