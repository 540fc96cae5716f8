import { preset } from '../preset.ts';

const KPN = 'kpnmail.nl kpnplanet.nl planet.nl wxs.nl hetnet.nl freeler.nl telfort.nl tiscali.nl tiscalimail.nl tip.nl';
const ZIGGO =
  'ziggo.nl ziggomail.com casema.nl upcmail.nl chello.nl home.nl quicknet.nl multiweb.nl hahah.nl zinders.nl';
const ATT =
  'att.net ameritech.net bellsouth.net currently.com flash.net nvbell.net pacbell.net prodigy.net sbcglobal.net snet.net swbell.net wans.net';

/** Other countries of Europe, and America. */
export const OTHERS = [
  preset('orange-fr', 'Orange', 'orange.fr wanadoo.fr', 'imap.orange.fr'),
  preset('free-fr', 'Free', 'free.fr', 'imap.free.fr', { user: 'localpart' }),
  preset('laposte', 'La Poste', 'laposte.net', 'imap.laposte.net', { user: 'localpart' }),
  preset('sfr', 'SFR', 'sfr.fr neuf.fr club-internet.fr', 'imap.sfr.fr'),
  preset('ovh', 'OVHcloud', '', 'ssl0.ovh.net', { mx: 'mail.ovh.net mx.ovh.net' }),
  preset('gandi', 'Gandi', '', 'mail.gandi.net', { mx: 'mail.gandi.net' }),
  preset('libero', 'Libero', 'libero.it iol.it blu.it inwind.it giallo.it', 'imapmail.libero.it'),
  preset('virgilio', 'Virgilio', 'virgilio.it', 'in.virgilio.it'),
  preset('telenet', 'Telenet', 'telenet.be', 'imap.telenet.be'),
  preset('proximus', 'Proximus', 'proximus.be skynet.be belgacom.net kidcity.be', 'imap.proximus.be'),
  preset('kpn', 'KPN', KPN, 'imap.kpnmail.nl'),
  preset('xs4all', 'XS4ALL', 'xs4all.nl', 'imap.kpnmail.nl'),
  preset('ziggo', 'Ziggo', ZIGGO, 'imap.ziggo.nl'),
  preset('seznam', 'Seznam', 'seznam.cz email.cz post.cz spoluzaci.cz', 'imap.seznam.cz'),
  preset('o2-pl', 'o2 Poczta', 'o2.pl go2.pl tlen.pl prokonto.pl', 'poczta.o2.pl', {
    user: 'localpart',
    hint: ['enable-imap', 'https://pomoc.o2.pl/aktywacja-dostepu-dla-programow-pocztowych'],
  }),
  preset('bt', 'BT', 'btinternet.com btopenworld.com talk21.com', 'mail.btinternet.com'),
  preset('sky', 'Sky', 'sky.com', 'imap.tools.sky.com', {
    hint: ['app-password', 'https://www.sky.com/sky-yahoo-mail/manage-apps'],
  }),
  preset('virgin', 'Virgin Media', 'virginmedia.com', 'imap.virginmedia.com'),
  preset('virgin', 'Virgin Media', 'ntlworld.com', 'imap.ntlworld.com'),
  preset('virgin', 'Virgin Media', 'blueyonder.co.uk', 'imap4.blueyonder.co.uk'),
  preset('comcast', 'Xfinity', 'comcast.net', 'imap.comcast.net', {
    hint: ['enable-imap', 'https://www.xfinity.com/support/articles/third-party-email-access'],
  }),
  preset('att', 'AT&T', ATT, 'imap.mail.att.net', {
    hint: ['app-password', 'https://www.att.com/support/article/email-support/KM1240308/'],
  }),
  // Cox and Verizon handed their mailboxes to Yahoo and AOL.
  preset('cox', 'Cox', 'cox.net', 'imap.mail.yahoo.com', {
    hint: ['app-password', 'https://help.yahoo.com/kb/SLN15241.html'],
  }),
  preset('verizon', 'Verizon', 'verizon.net', 'imap.aol.com', {
    hint: ['app-password', 'https://help.aol.com/articles/create-and-manage-app-password'],
  }),
  preset('earthlink', 'EarthLink', 'earthlink.net mindspring.com', 'imap.earthlink.net'),
  preset('telstra', 'Telstra', 'bigpond.com bigpond.net.au telstra.com', 'imap.telstra.com'),
];
