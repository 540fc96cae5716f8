/** What a search for settings needs of the network. No port is ever given a password. */
import type { Endpoint } from '../../../shared/account.ts';

export interface SrvRecord {
  /** Host name, `.` or '' when the service is not offered. */
  name: string;
  port: number;
  priority: number;
  weight: number;
}

export interface MxRecord {
  exchange: string;
  priority: number;
}

/** What answers at a host and port, before anybody signs in. */
export interface Answer {
  security: Endpoint['security'];
  /** By an authority of the system and for this name. False without TLS. */
  trusted: boolean;
}

/** Each may also reject, which means the same as finding nothing. */
export interface DiscoveryPorts {
  resolveSrv(name: string, signal: AbortSignal): Promise<SrvRecord[]>;
  resolveMx(domain: string, signal: AbortSignal): Promise<MxRecord[]>;
  /** @param url https; null: not there */
  fetchText(url: string, signal: AbortSignal): Promise<string | null>;
  /** Connect and read the greeting. null: no IMAP server there. */
  probe(host: string, port: number, security: 'tls' | 'starttls', signal: AbortSignal): Promise<Answer | null>;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
