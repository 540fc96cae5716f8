/** Certificates for test servers, made by openssl in a few milliseconds each (EC keys). */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  certPath: string;
  keyPath: string;
  /** PEM; for a leaf of a private CA its own certificate only. */
  pem: string;
  /** SHA-256 of the DER, lower-case hex without colons. */
  fingerprint: string;
}

export interface CertificateFromCa extends Certificate {
  caPath: string;
  caPem: string;
}

const LOOPBACK = 'DNS:localhost,IP:127.0.0.1';
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Signed by itself, valid now for localhost and 127.0.0.1. */
export function selfSigned(folder: string, name = 'self-signed'): Certificate {
  return makeSelfSigned(folder, name, LOOPBACK, ['-days', '30']);
}

/** Right host, but its last day is long past. */
export function expired(folder: string, name = 'expired'): CertificateFromCa {
  const paths = pathsOf(folder, name);
  const request = join(folder, `${name}.csr`);
  openssl(['req', '-new', ...NEW_KEY, '-subj', '/CN=localhost', '-keyout', paths.keyPath, '-out', request]);
  const ca = selfSignedCa(folder, `${name}-ca`);
  signWithDates(folder, name, { request, ca, out: paths.certPath, from: '20200101000000Z', to: '20200131000000Z' });
  return { ...describe(paths), caPath: ca.certPath, caPem: ca.pem };
}

/** Signed by itself for another host. */
export function wrongHost(folder: string, name = 'wrong-host'): Certificate {
  return makeSelfSigned(folder, name, 'DNS:mail.example.org', ['-days', '30']);
}

/** A private authority and a certificate for localhost that it signed. */
export function fromPrivateCa(folder: string, name = 'leaf', host = LOOPBACK): CertificateFromCa {
  const paths = pathsOf(folder, name);
  const request = join(folder, `${name}.csr`);
  const ca = selfSignedCa(folder, `${name}-ca`);
  openssl(['req', '-new', ...NEW_KEY, '-subj', '/CN=localhost', '-keyout', paths.keyPath, '-out', request]);
  const extensions = join(folder, `${name}.ext`);
  writeFileSync(extensions, `subjectAltName=${host}\nbasicConstraints=CA:FALSE\n`);
  const signing = ['-CA', ca.certPath, '-CAkey', ca.keyPath, '-CAcreateserial', '-days', '30'];
  openssl(['x509', '-req', '-in', request, ...signing, '-extfile', extensions, '-out', paths.certPath]);
  return { ...describe(paths), caPath: ca.certPath, caPem: ca.pem };
}

function makeSelfSigned(folder: string, name: string, hosts: string, validity: string[]): Certificate {
  const paths = pathsOf(folder, name);
  const subject = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${hosts}`];
  openssl(['req', '-x509', ...NEW_KEY, ...validity, ...subject, '-keyout', paths.keyPath, '-out', paths.certPath]);
  return describe(paths);
}

function selfSignedCa(folder: string, name: string): Certificate {
  const paths = pathsOf(folder, name);
  const subject = ['-subj', '/CN=Mailferry test authority', '-days', '30'];
  openssl(['req', '-x509', ...NEW_KEY, ...subject, '-keyout', paths.keyPath, '-out', paths.certPath]);
  return describe(paths);
}

interface DatedSigning {
  request: string;
  ca: Certificate;
  out: string;
  /** ASN.1 times such as 20200101000000Z */
  from: string;
  to: string;
}

/** `openssl x509` of Debian 12 cannot date back; `openssl ca` can, and wants its little database. */
function signWithDates(folder: string, name: string, signing: DatedSigning): void {
  const home = join(folder, `${name}.db`);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'index.txt'), '');
  writeFileSync(join(home, 'serial'), '01\n');
  const config = join(home, 'ca.cnf');
  const lines = [
    '[ca]\ndefault_ca=test\n[test]\ndefault_md=sha256\npolicy=any\nx509_extensions=leaf',
    `database=${home}/index.txt\nserial=${home}/serial\nnew_certs_dir=${home}`,
    `[any]\ncommonName=supplied\n[leaf]\nsubjectAltName=${LOOPBACK}\n`,
  ];
  writeFileSync(config, lines.join('\n'));
  const { request, ca, out, from, to } = signing;
  const dates = ['-startdate', from, '-enddate', to];
  const files = ['-in', request, '-out', out, '-cert', ca.certPath, '-keyfile', ca.keyPath];
  openssl(['ca', '-batch', '-notext', '-config', config, ...dates, ...files]);
}

function pathsOf(folder: string, name: string): { certPath: string; keyPath: string } {
  mkdirSync(folder, { recursive: true });
  return { certPath: join(folder, `${name}.pem`), keyPath: join(folder, `${name}.key`) };
}

function describe(paths: { certPath: string; keyPath: string }): Certificate {
  const pem = readFileSync(paths.certPath, 'utf8');
  const fingerprint = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  return { ...paths, pem, fingerprint };
}

function openssl(args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
