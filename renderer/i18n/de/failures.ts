import type { FailureCode } from '../../../shared/failure.ts';
import type { FailureText } from '../en/failures.ts';

export const failures: Record<FailureCode, FailureText> = {
  'host-unknown': {
    title: 'Diesen Server gibt es nicht',
    meaning: 'Es wurde nichts gesendet, Ihre E-Mails sind unverändert.',
    todo: 'Prüfen Sie die Schreibweise des Servers und ob dieser Computer online ist.',
  },
  'connection-refused': {
    title: 'Der Server nimmt dort keine Verbindung an',
    meaning: 'Es wurde nichts gesendet, Ihre E-Mails sind unverändert.',
    todo: 'Prüfen Sie Port und Verschlüsselung oder fragen Sie den Anbieter nach den Einstellungen.',
  },
  'connection-timeout': {
    title: 'Der Server hat nicht rechtzeitig geantwortet',
    meaning: 'Was bisher gespeichert ist, ist sicher.',
    todo: 'Prüfen Sie, ob dieser Computer online ist, und versuchen Sie es erneut.',
  },
  'connection-lost': {
    title: 'Die Verbindung ist abgebrochen',
    meaning: 'Was bisher gespeichert ist, ist sicher. Mailferry macht dort weiter.',
    todo: 'Versuchen Sie es erneut, sobald die Verbindung stabil ist.',
  },
  'server-stalled': {
    title: 'Der Server sendet nicht mehr',
    meaning: 'Was bisher gespeichert ist, ist sicher.',
    todo: 'Versuchen Sie es in einigen Minuten erneut.',
  },
  'server-bye': {
    title: 'Der Server hat die Verbindung beendet',
    meaning: 'Was bisher gespeichert ist, ist sicher.',
    todo: 'Versuchen Sie es später erneut. Weniger Verbindungen in den Einstellungen können helfen.',
  },
  'server-throttled': {
    title: 'Der Anbieter bittet um eine Pause',
    meaning: 'Sein Limit ist vorerst erreicht. Was bisher gespeichert ist, ist sicher.',
    todo: 'Setzen Sie später fort; Mailferry beginnt dort, wo es aufgehört hat.',
  },
  'protocol-error': {
    title: 'Der Server hat unverständlich geantwortet',
    meaning: 'Mailferry hat nicht geraten. Was bisher gespeichert ist, ist sicher.',
    todo: 'Versuchen Sie es erneut. Bleibt es dabei, muss der Anbieter nachsehen.',
  },
  'tls-failed': {
    title: 'Es kam keine verschlüsselte Verbindung zustande',
    meaning: 'Ihr Passwort wurde nicht gesendet.',
    todo: 'Prüfen Sie Port und Verschlüsselung dieses Kontos.',
  },
  'starttls-missing': {
    title: 'Der Server bietet hier keine Verschlüsselung an',
    meaning: 'Ihr Passwort wurde nicht gesendet, weil andere es hätten mitlesen können.',
    todo: 'Wählen Sie „TLS ab dem ersten Byte“, meist mit Port 993.',
  },
  'insecure-refused': {
    title: 'Eine unverschlüsselte Verbindung wurde abgelehnt',
    meaning: 'Ihr Passwort wurde nicht gesendet.',
    todo: 'Wählen Sie für dieses Konto eine verschlüsselte Verbindung.',
  },
  'certificate-expired': {
    title: 'Das Zertifikat des Servers ist abgelaufen',
    meaning: 'Ihr Passwort wurde nicht gesendet.',
    todo: 'Prüfen Sie das Datum dieses Computers. Stimmt es, muss der Anbieter das Zertifikat erneuern.',
  },
  'certificate-self-signed': {
    title: 'Dieser Server kann seinen Namen nicht beweisen',
    meaning: 'Der Server hat das Zertifikat selbst ausgestellt. Ihr Passwort wurde nicht gesendet.',
    todo: 'Vergleichen Sie den Fingerabdruck mit dem Ihrer Administration und entscheiden Sie dann.',
  },
  'certificate-untrusted': {
    title: 'Dieser Server kann seinen Namen nicht beweisen',
    meaning: 'Dieser Computer kennt den Aussteller des Zertifikats nicht. Ihr Passwort wurde nicht gesendet.',
    todo: 'Vergleichen Sie den Fingerabdruck mit dem Ihrer Administration und entscheiden Sie dann.',
  },
  'certificate-wrong-host': {
    title: 'Das Zertifikat gehört zu einem anderen Server',
    meaning: 'Ihr Passwort wurde nicht gesendet.',
    todo: 'Prüfen Sie den Namen des Servers oder fragen Sie den Anbieter.',
  },
  'certificate-fingerprint-mismatch': {
    title: 'Das Zertifikat hat sich geändert',
    meaning: 'Es ist nicht das, dem Sie vertraut haben. Ihr Passwort wurde nicht gesendet.',
    todo: 'Fragen Sie die Administration, ob es erneuert wurde, bevor Sie dem neuen vertrauen.',
  },
  'authentication-failed': {
    title: 'Der Server hat die Anmeldung abgelehnt',
    meaning: 'Name oder Passwort passen nicht zu diesem Server. Ihre E-Mails sind unverändert.',
    todo: 'Geben Sie das Passwort erneut ein. Manche Anbieter verlangen hier ein App-Passwort.',
  },
  'authentication-unsupported': {
    title: 'Dieser Server verlangt eine andere Anmeldung',
    meaning: 'Ein Passwort genügt hier nicht. Ihre E-Mails sind unverändert.',
    todo: 'Sehen Sie in der Hilfe Ihres Anbieters zu Mailprogrammen nach.',
  },
  'secret-missing': {
    title: 'Das Passwort wird gebraucht',
    meaning: 'Es ist nicht aufbewahrt, oder der Tresor ist verschlossen.',
    todo: 'Geben Sie es ein, um fortzusetzen.',
  },
  'vault-locked': {
    title: 'Der Tresor ist verschlossen',
    meaning: 'Das Passwort dieses Kontos liegt darin.',
    todo: 'Öffnen Sie ihn mit seiner Passphrase.',
  },
  'vault-damaged': {
    title: 'Der Tresor ist nicht lesbar',
    meaning: 'Seine Datei wurde verändert oder ist beschädigt. Ihre E-Mails sind unverändert.',
    todo: 'Geben Sie die Passwörter neu ein, wo danach gefragt wird.',
  },
  'passphrase-wrong': {
    title: 'Diese Passphrase öffnet den Tresor nicht',
    meaning: 'Die Passwörter darin bleiben sicher.',
    todo: 'Geben Sie sie erneut ein.',
  },
  'mailbox-missing': {
    title: 'Ein Ordner ist nicht mehr da',
    meaning: 'Was das Archiv schon von ihm hat, bleibt.',
    todo: 'Lesen Sie die Ordner neu ein.',
  },
  'mailbox-refused': {
    title: 'Der Server hat einen Ordner abgelehnt',
    meaning: 'Die anderen Ordner gehen weiter.',
    todo: 'Wählen Sie einen anderen Namen oder Platz für ihn.',
  },
  'mailbox-renumbered': {
    title: 'Der Server hat einen Ordner währenddessen neu nummeriert',
    meaning: 'Was bisher gespeichert ist, ist sicher.',
    todo: 'Versuchen Sie es erneut; Mailferry erkennt vorhandene Nachrichten wieder.',
  },
  'server-refused': {
    title: 'Der Server hat abgelehnt',
    meaning: 'Was bisher gespeichert ist, ist sicher.',
    todo: 'Versuchen Sie es später erneut oder fragen Sie den Anbieter.',
  },
  'over-quota': {
    title: 'Das Konto ist voll',
    meaning: 'Was dort angekommen ist, ist sicher; der Rest ist noch, wo er war.',
    todo: 'Schaffen Sie Platz im Konto und setzen Sie dann fort.',
  },
  'message-too-large': {
    title: 'Eine Nachricht ist zu groß für den Server',
    meaning: 'Sie wurde ausgelassen und bleibt, wo sie ist.',
    todo: 'Behalten Sie sie im Archiv oder bitten Sie den Anbieter um eine höhere Grenze.',
  },
  'message-refused': {
    title: 'Der Server hat eine Nachricht nicht angenommen',
    meaning: 'Sie bleibt, wo sie ist.',
    todo: 'Versuchen Sie es erneut. Manche Server lehnen E-Mails ab, die nicht den Regeln entsprechen.',
  },
  'message-unreadable': {
    title: 'Der Server konnte eine Nachricht nicht herausgeben',
    meaning: 'Sie ist aufgeführt, aber ihr Inhalt kommt nicht.',
    todo: 'Versuchen Sie es später erneut. Vielleicht kann der Anbieter den Ordner reparieren.',
  },
  'message-vanished': {
    title: 'Eine Nachricht wurde inzwischen gelöscht',
    meaning: 'Sie verschwand zwischen Zählen und Lesen.',
    todo: 'Nichts zu tun.',
  },
  'message-altered': {
    title: 'Der Server hat eine Nachricht verändert',
    meaning: 'Sie ist angekommen, aber nicht Byte für Byte wie gesendet.',
    todo: 'Nichts zu tun; das Original ist, wo es war.',
  },
  'message-missing-at-target': {
    title: 'Eine Nachricht fehlt am neuen Ort',
    meaning: 'Der Server hat sie angenommen und führt sie nicht auf.',
    todo: 'Versuchen Sie es erneut; das Original ist, wo es war.',
  },
  'flags-not-kept': {
    title: 'Einige Markierungen gingen nicht mit',
    meaning: 'Die Nachricht ist vollständig; eine Markierung fehlt.',
    todo: 'Nichts zu tun.',
  },
  'date-not-kept': {
    title: 'Das Eingangsdatum ging nicht mit',
    meaning: 'Die Nachricht ist vollständig; der Server zeigt ein anderes Datum.',
    todo: 'Nichts zu tun.',
  },
  'name-changed': {
    title: 'Ein Ordner hat einen anderen Namen bekommen',
    meaning: 'Der Server erlaubt nicht jedes Zeichen.',
    todo: 'Benennen Sie ihn später um, wenn Sie möchten.',
  },
  'filtered-out': {
    title: 'Wie gewünscht ausgelassen',
    meaning: 'Die Nachricht passt nicht zu Ihrer Auswahl.',
    todo: 'Nichts zu tun.',
  },
  'archive-missing': {
    title: 'Hier ist kein Archiv',
    meaning: 'Der Ordner ist weg, oder sein Laufwerk ist nicht angeschlossen.',
    todo: 'Schließen Sie das Laufwerk an oder öffnen Sie das Archiv an seinem neuen Ort.',
  },
  'archive-foreign': {
    title: 'Dieser Ordner ist kein Archiv von Mailferry',
    meaning: 'Darin wurde nichts geändert.',
    todo: 'Wählen Sie einen Ordner mit einem Archiv.',
  },
  'archive-newer': {
    title: 'Dieses Archiv stammt von einem neueren Mailferry',
    meaning: 'Es wurde nicht angerührt.',
    todo: 'Aktualisieren Sie Mailferry und öffnen Sie es dann.',
  },
  'archive-damaged': {
    title: 'Das Archiv ist beschädigt',
    meaning: 'Etwas darin ist nicht, wie es geschrieben wurde. Gelöscht wurde nichts.',
    todo: 'Prüfen Sie es, um zu sehen, welche Nachrichten betroffen sind.',
  },
  'archive-locked': {
    title: 'Das Archiv wird gerade benutzt',
    meaning: 'Ein anderes Fenster oder Programm schreibt hinein.',
    todo: 'Warten Sie, bis das beendet ist, und versuchen Sie es erneut.',
  },
  'archive-other-account': {
    title: 'Dieses Archiv gehört zu einem anderen Konto',
    meaning: 'Es wurde nichts vermischt.',
    todo: 'Wählen Sie für dieses Konto einen anderen Ordner.',
  },
  'mirror-refused': {
    title: 'Es würde viel zu viel entfernt',
    meaning: 'Das Archiv bleibt, wie es ist.',
    todo: 'Sehen Sie zuerst im Konto nach: Sind die E-Mails wirklich weg?',
  },
  'disk-full': {
    title: 'Das Laufwerk ist voll',
    meaning: 'Was bisher gespeichert ist, ist sicher.',
    todo: 'Schaffen Sie Platz und setzen Sie fort; Mailferry beginnt dort, wo es aufgehört hat.',
  },
  'path-not-writable': {
    title: 'Mailferry darf dort nicht schreiben',
    meaning: 'Es wurde nichts gespeichert.',
    todo: 'Wählen Sie einen anderen Ordner oder ändern Sie seine Rechte.',
  },
  'path-is-file': {
    title: 'Das ist eine Datei, kein Ordner',
    meaning: 'Es wurde nichts gespeichert.',
    todo: 'Wählen Sie einen Ordner.',
  },
  'path-not-empty': {
    title: 'In diesem Ordner liegt anderes',
    meaning: 'Darin wurde nichts geändert.',
    todo: 'Wählen Sie einen leeren Ordner oder einen mit einem Archiv.',
  },
  'io-error': {
    title: 'Das Laufwerk war nicht zu lesen oder zu beschreiben',
    meaning: 'Was vorher gespeichert war, ist sicher.',
    todo: 'Prüfen Sie Laufwerk und Kabel und versuchen Sie es erneut.',
  },
  usage: {
    title: 'So geht es nicht',
    meaning: 'Es wurde nichts geändert.',
    todo: 'Prüfen Sie Ihre Eingaben.',
  },
  cancelled: {
    title: 'Abgebrochen',
    meaning: 'Was bisher gespeichert ist, ist sicher.',
    todo: 'Starten Sie erneut, wann Sie möchten; es geht dort weiter, wo es aufgehört hat.',
  },
  'cut-off': {
    title: 'Das wurde abgebrochen',
    meaning: 'Mailferry hat mittendrin ausgesetzt und startet neu. Es geht keine E-Mail verloren.',
    todo: 'Versuchen Sie es gleich noch einmal.',
  },
  internal: {
    title: 'Mailferry hat einen Fehler gemacht',
    meaning: 'Was bisher gespeichert ist, ist sicher.',
    todo: 'Versuchen Sie es erneut. Passiert es wieder, melden Sie es mit den Einzelheiten unten.',
  },
};
