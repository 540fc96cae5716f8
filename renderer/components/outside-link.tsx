/** A link to a page outside the app: opened by the host after the click, never by this window. */
import { Link } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { openOutside } from '../store/actions.ts';

export function OutsideLink({ url, children }: { url: string; children: ReactNode }) {
  return (
    <Link inline onClick={() => openOutside(url)} title={url}>
      {children}
    </Link>
  );
}
