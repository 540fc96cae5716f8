/** Pictures from the network stay away until asked for, message by message, and what that tells is said first. */
import { Link } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/browse.ts';
import { HideIcon } from '../../components/icons.tsx';

interface RemotePicturesProps {
  pictures: MessageView['remotePictures'];
  onLoad: () => void;
}

export function RemotePictures({ pictures: { count, hosts }, onLoad }: RemotePicturesProps) {
  const { t } = useTranslation('archive');
  if (count === 0) return null;
  const [host = ''] = hosts;
  const who = hosts.length > 1 ? t('remoteHosts', { host, count: hosts.length - 1 }) : host;
  return (
    <div className="archive-remote" role="note">
      <HideIcon aria-hidden />
      <div className="grow">
        <p>{t('remote', { count })}</p>
        <p className="caption mute" title={hosts.join('\n')}>
          {t('remoteWarning', { hosts: who })}
        </p>
      </div>
      <Link as="button" className="caption" onClick={onLoad}>
        {t('loadRemote')}
      </Link>
    </div>
  );
}
