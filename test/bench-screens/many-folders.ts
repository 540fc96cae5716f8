/** A server with an account of thousands of folders: nested, with names in several scripts. */
import { startDemoServer } from '../../electron/demo/server/start-demo-server.ts';
import { below, pick, seeded, type Random } from '../bench/random.ts';

export interface ManyFolders {
  port: number;
  user: string;
  password: string;
  stop(): Promise<void>;
}

const WORDS =
  'Rechnungen Projekte Kunden Lieferanten Verträge Reisen Familie Fotos Steuer Archiv Newsletter Travel Invoices Research Клиенты Счета Проекты Πελάτες Έργα 見積書 請求書 プロジェクト 고객 청구서 عملاء لقوحات Müller Übersicht Größen Ærø Łódź Ñandú'.split(
    ' ',
  );
const SPECIAL = [
  ['Sent', '\\Sent'],
  ['Drafts', '\\Drafts'],
  ['Junk', '\\Junk'],
  ['Trash', '\\Trash'],
] as const;
/** Of ten folders how many have children: a tree six levels deep. */
const CHILDREN = 9;

export async function startManyFolders(folders: number): Promise<ManyFolders> {
  const login = { name: 'mira@example.org', password: 'only-for-this-run' };
  const server = await startDemoServer({ users: [login], uidValidityStart: 1 });
  const account = server.account();
  const random = seeded(5000);
  for (const [name, use] of SPECIAL) account.ensure([name], { specialUse: [use] });
  const places: string[][] = [];
  while (places.length < folders - SPECIAL.length - 1) {
    const parent = places.length < 12 ? [] : places[Math.floor((places.length - 12) / CHILDREN)]!;
    const place = [...parent, `${pick(random, WORDS)} ${places.length + 1}`];
    const mailbox = account.ensure(place);
    for (const size of sizes(random)) mailbox.append(message(size, random));
    places.push(place);
  }
  return { port: server.port, user: login.name, password: login.password, stop: () => server.stop() };
}

/** None in some, one large one in few. */
function sizes(random: Random): number[] {
  const many = below(random, 4);
  return Array.from({ length: many }, () =>
    random() < 0.02 ? 60_000 + below(random, 60_000) : 300 + below(random, 4000),
  );
}

function message(sizeBytes: number, random: Random) {
  const head = `Subject: ${pick(random, WORDS)}\r\n\r\n`;
  const raw = Buffer.from(head + 'x'.repeat(sizeBytes));
  return { raw, flags: random() < 0.8 ? ['\\Seen'] : [], internalDate: '24-Nov-2026 03:40:45 +0100' };
}
