import type { Desk } from '../desk.ts';
import { MAILERS, SAMPLE_OWNER } from '../people.ts';
import { escapeHtml, wrapText } from '../prose.ts';
import { spin } from '../spin.ts';
import { NEWSLETTERS } from '../texts/newsletters.ts';
import type { Newsletter } from '../texts/newsletters.ts';
import { paperSample } from '../attachments.ts';
import { someMoment } from '../when.ts';

export function writeNewsletters(desk: Desk): void {
  NEWSLETTERS.forEach((newsletter, i) => {
    for (let year = 2020; year <= 2026; year++) writeIssue(desk, newsletter, year, (year - 2019) * 12 + i);
  });
}

function writeIssue(desk: Desk, newsletter: Newsletter, year: number, issue: number): void {
  const { random } = desk;
  const { name, address, language, footer } = newsletter;
  const lead = spin(random.draw(newsletter.lead), random);
  const items = random
    .shuffled(newsletter.items)
    .slice(0, random.integer(3, 4))
    .map(([heading, text]) => [heading, spin(text, random)] as const);
  const text = [lead, ...items.map(([heading, words]) => `* ${heading} *\n${words}`), `--\n${footer}`].join('\n\n');
  const logo = paperSample(random, 'kopf.png', random.integer(40, 90));
  const contentId = `${random.hex(12)}@${address.slice(address.indexOf('@') + 1)}`;
  desk.receive(
    'newsletters',
    {
      from: { name, address },
      to: [SAMPLE_OWNER],
      subject: spin(random.draw(newsletter.subjects), random, new Map([['nr', String(issue)]])),
      sentMs: someMoment(random, year),
      text: `${wrapText(text)}\n`,
      html: issueHtml(newsletter, contentId, lead, items),
      files: [{ ...logo, contentId }],
      mailer: { ...MAILERS.portal, style: language === 'de' ? 'latin1-qp' : 'utf8-qp' },
      extra: [
        `List-Id: ${name.split(' ')[0]} <news.${address.slice(address.indexOf('@') + 1)}>`,
        `List-Unsubscribe: <mailto:leave+${random.hex(8)}@${address.slice(address.indexOf('@') + 1)}>`,
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        'Precedence: bulk',
      ],
    },
    random.chance(0.75) ? ['\\Seen'] : [],
  );
}

function issueHtml(
  newsletter: Newsletter,
  logo: string,
  lead: string,
  items: readonly (readonly [string, string])[],
): string {
  const cell = 'style="padding:16px 24px;font-family:Georgia,serif;font-size:16px;line-height:1.5"';
  const rows = items.map(
    ([heading, text]) =>
      `<tr><td ${cell}><h2 style="color:${newsletter.colour};margin:0 0 8px">${escapeHtml(heading)}</h2><p>${escapeHtml(text)}</p></td></tr>`,
  );
  return [
    '<!DOCTYPE html>',
    `<html lang="${newsletter.language}"><head><title>${escapeHtml(newsletter.name)}</title></head><body style="margin:0;background:#f2efe9">`,
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">',
    '<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background:#ffffff">',
    `<tr><td style="background:${newsletter.colour};padding:20px 24px;color:#fff;font:bold 26px Georgia,serif"><img src="cid:${logo}" alt="" width="48" height="48"> ${escapeHtml(newsletter.name)}</td></tr>`,
    `<tr><td ${cell}><p><strong>${escapeHtml(lead)}</strong></p></td></tr>`,
    ...rows,
    `<tr><td style="padding:16px 24px;color:#777;font:12px sans-serif">${escapeHtml(newsletter.footer)} <img src="https://${newsletter.address.slice(newsletter.address.indexOf('@') + 1)}/open.gif" width="1" height="1" alt=""></td></tr>`,
    '</table></td></tr></table></body></html>',
  ].join('\n');
}
