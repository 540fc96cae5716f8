import { MX_HOST, preset, under } from '../preset.ts';

const POSTEO = under(
  'posteo',
  'de at be ca ch cl co co.uk com com.br cr cz dk ee es eu fi gl gr hn hr hu ie in is it jp la li lt lu me mx my net nl no nz org pe pl pm pt ro se sg si tn uk us',
);

/** Germany, Austria, Switzerland. */
export const GERMAN = [
  preset(
    'gmx',
    'GMX',
    under('gmx', 'net de at ch li eu biz org info') + ' mein.gmx mail.gmx email.gmx',
    'imap.gmx.net',
    { hint: ['enable-imap', 'https://hilfe.gmx.net/pop-imap/einschalten.html'] },
  ),
  preset('webde', 'WEB.DE', 'web.de email.de', 'imap.web.de', {
    user: 'localpart',
    hint: ['enable-imap', 'https://hilfe.web.de/pop-imap/einschalten.html'],
  }),
  // The password of the customer centre is not accepted; one for mail programs has to be made first.
  preset('t-online', 'T-Online', 't-online.de magenta.de', 'secureimap.t-online.de', {
    hint: [
      'app-password',
      'https://www.telekom.de/hilfe/apps-dienste/e-mail/einstellungen/posteingang-postausgang-server',
    ],
  }),
  preset('ionos', 'IONOS', 'online.de onlinehome.de sofortstart.de sofort-start.de', 'imap.ionos.de', {
    mx: 'ionos.de kundenserver.de 1und1.de schlund.de',
  }),
  preset('ionos', 'IONOS', '', 'imap.ionos.com', { mx: 'ionos.com 1and1.com perfora.net' }),
  preset('ionos', 'IONOS', '', 'imap.ionos.co.uk', { mx: 'ionos.co.uk 1and1.co.uk' }),
  preset('ionos', 'IONOS', '', 'imap.ionos.fr', { mx: 'ionos.fr 1and1.fr' }),
  preset('ionos', 'IONOS', '', 'imap.ionos.es', { mx: 'ionos.es 1and1.es' }),
  preset('ionos', 'IONOS', '', 'imap.ionos.it', { mx: 'ionos.it' }),
  preset('strato', 'STRATO', '', 'imap.strato.de', { mx: 'rzone.de' }),
  preset('mailbox-org', 'mailbox.org', 'mailbox.org', 'imap.mailbox.org', { mx: 'mailbox.org' }),
  preset('posteo', 'Posteo', POSTEO, 'posteo.de'),
  preset('freenet', 'freenet Mail', 'freenet.de', 'mx.freenet.de'),
  preset('vodafone', 'Vodafone', 'vodafonemail.de arcor.de kabelmail.de', 'imap.vodafonemail.de'),
  preset('o2', 'o2', 'o2online.de o2mail.de', 'imap.o2online.de'),
  preset('hetzner', 'Hetzner', '', 'mail.your-server.de', { mx: 'your-server.de' }),
  preset('netcup', 'netcup', '', MX_HOST, { mx: 'netcup.net' }),
  preset('all-inkl', 'ALL-INKL', '', MX_HOST, { mx: 'kasserver.com' }),
  preset('domainfactory', 'domainfactory', '', 'sslin.df.eu', { mx: 'ispgateway.de' }),
  preset('a1', 'A1', 'a1.net aon.at', 'securemail.a1.net'),
  preset('bluewin', 'Bluewin', 'bluewin.ch bluemail.ch', 'imaps.bluewin.ch'),
  preset('infomaniak', 'Infomaniak', 'ik.me ikmail.com etik.com', 'mail.infomaniak.com', {
    mx: 'infomaniak.ch infomaniak.com',
  }),
];
