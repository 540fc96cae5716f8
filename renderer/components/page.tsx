/** What every screen stands in: header, body, foot. */
import { useEffect, useRef, type ReactNode } from 'react';

interface PageProps {
  title: string;
  /** One sentence under the title. */
  sentence?: ReactNode;
  /** On the right of the header, quiet ones first, the primary last. */
  actions?: ReactNode;
  /** Steps of a flow, at the top right. */
  steps?: ReactNode;
  /** Between header and body, such as Facts or a FailureBar. */
  below?: ReactNode;
  /** The body does not scroll and has no padding: the screen lays itself out. */
  fixed?: boolean;
  /** There may be nothing in the body to focus, and keys scroll it all the same. */
  readable?: boolean;
  foot?: ReactNode;
  children: ReactNode;
}

export function Page({
  title,
  sentence,
  actions,
  steps,
  below,
  fixed = false,
  readable = false,
  foot,
  children,
}: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A new page is read from its title, unless a field in it took the focus.
    const page = heading.current?.closest('.page');
    if (!page?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} · Mailferry`;
  }, [title]);
  return (
    <div className="page">
      <header className="page-head">
        <div className="grow">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {sentence !== undefined && <p className="sentence">{sentence}</p>}
        </div>
        {steps}
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {below}
      <div className={fixed ? 'page-body fixed' : 'page-body'} tabIndex={readable ? 0 : undefined}>
        {children}
      </div>
      {foot}
    </div>
  );
}

/** 36 px, captions: what is known and since when. */
export function StatusFoot({ start, end }: { start?: ReactNode; end?: ReactNode }) {
  return (
    <footer className="page-foot status">
      <span className="row gap-8">{start}</span>
      <span>{end}</span>
    </footer>
  );
}

/** 64 px, buttons: the quiet on the left, the way on at the right, the primary last. */
export function ActionFoot({ start, end }: { start?: ReactNode; end: ReactNode }) {
  return (
    <footer className="page-foot actions">
      {start}
      <div className="end">{end}</div>
    </footer>
  );
}
