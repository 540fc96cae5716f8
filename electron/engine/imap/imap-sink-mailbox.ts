import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { FlagSet } from '../flags.ts';
import type { AdoptedMessage, KnownDetail, PassState, Placing, SinkMailbox } from '../sink.ts';
import type { AppendMailbox } from './append-ledger.ts';

/** A target mailbox: the ledger's memory of the pair, and what the server was found to say about the mailbox. */
export class ImapSinkMailbox implements SinkMailbox {
  readonly sourcePath: string;
  readonly targetPath: string;
  readonly placing: Placing;
  /** Replaced when the mailbox had to be made again. */
  records: AppendMailbox;
  status: MailboxStatus;
  /** PERMANENTFLAGS; null: all can be set; undefined: not asked yet. */
  permanentFlags: readonly string[] | null | undefined = undefined;
  /** Octets that the server takes in one message here (RFC 7889); undefined: not asked yet. */
  appendLimit: number | undefined = undefined;
  /** Made again, under another UIDVALIDITY, while the job ran. */
  isAnother = false;
  /** Every message sent from now on gets this UID or a higher one. */
  uidNext: number;

  constructor(sourcePath: string, status: MailboxStatus, records: AppendMailbox) {
    this.sourcePath = sourcePath;
    this.targetPath = status.path;
    this.status = status;
    this.records = records;
    this.uidNext = Math.max(1, status.uidNext);
    this.placing = this.#placing();
  }

  /** The server deleted the mailbox meanwhile and it was made again: nothing recorded is in it. */
  restart(status: MailboxStatus, records: AppendMailbox): void {
    this.isAnother ||= status.uidValidity !== this.status.uidValidity;
    this.status = status;
    this.records = records;
    this.uidNext = Math.max(1, status.uidNext);
    this.permanentFlags = undefined;
  }

  lastPass(): PassState | null {
    return this.records.lastPass();
  }

  known(uidValidity: number) {
    return this.records.known(uidValidity);
  }

  otherGenerations(uidValidity: number): KnownDetail[] {
    return this.records.otherGenerations(uidValidity);
  }

  recordFlags(uidValidity: number, changes: { uid: number; flags: FlagSet }[]): Promise<void> {
    return this.records.recordFlags(uidValidity, changes);
  }

  recordMissing(uidValidity: number, uids: Uint32Array): Promise<void> {
    return this.records.recordMissing(uidValidity, uids);
  }

  recordRenumbered(uidValidity: number, matches: { uid: number; flags: FlagSet; was: KnownDetail }[]): Promise<void> {
    return this.records.recordRenumbered(uidValidity, matches);
  }

  completePass(state: PassState): Promise<void> {
    return this.records.completePass(state);
  }

  #placing(): Placing {
    const records = () => this.records;
    const status = () => this.status;
    const isAnother = () => this.isAnother;
    return {
      get status() {
        return status();
      },
      get isAnother() {
        return isAnother();
      },
      openIntents: () => records().openIntents(),
      adopt: (found: AdoptedMessage[]) => records().adopt(found),
      dropIntents: (uidValidity, uids) => records().dropIntents(uidValidity, uids),
      targetUids: (uidValidity, uids) => records().targetUids(uidValidity, uids),
      placed: (uidValidity, uids) => records().placed(uidValidity, uids),
      forgetStored: (uidValidity, uids) => records().forgetStored(uidValidity, uids),
    };
  }
}
