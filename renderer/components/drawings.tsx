/** The line drawings: mail as cargo on the water. Decoration; words beside them say the same. */

const WAVE = 'M6 62q6.75-5 13.5 0t13.5 0 13.5 0 13.5 0 13.5 0 13.5 0 13.5 0 13.5 0';

interface DrawingProps {
  width?: number;
}

export function BackUpDrawing({ width = 132 }: DrawingProps) {
  return (
    <svg className="drawing" viewBox="0 0 120 72" width={width} height={width * 0.6} aria-hidden="true">
      <path className="water" d={WAVE} />
      <path className="cargo" d="M34 22h52v16L78 54H42L34 38z" />
      <path className="line" d="M34 22l26 19 26-19" />
      <path className="arrow" d="M60 2v13M54.5 10l5.5 5.5L65.5 10" />
    </svg>
  );
}

export function MoveDrawing({ width = 132 }: DrawingProps) {
  return (
    <svg className="drawing" viewBox="0 0 120 72" width={width} height={width * 0.6} aria-hidden="true">
      <path className="water" d={WAVE} />
      <rect className="shore" x="5" y="30" width="22" height="24" rx="2" />
      <rect className="shore" x="93" y="30" width="22" height="24" rx="2" />
      <path className="shore" d="M10 36h6M98 36h6" />
      <path className="cargo" d="M38 30h36v11L68.5 52H43.5L38 41z" />
      <path className="line" d="M38 30l18 13 18-13" />
      <path className="arrow" d="M46 17h26M66.5 11.5L72 17l-5.5 5.5" />
    </svg>
  );
}

export function ArchiveDrawing({ width = 132 }: DrawingProps) {
  return (
    <svg className="drawing" viewBox="0 0 120 72" width={width} height={width * 0.6} aria-hidden="true">
      <path className="water" d={WAVE} />
      <path className="shore" d="M30 24h60v30H30z" />
      <path className="cargo" d="M38 12h44v22H38z" />
      <path className="line" d="M38 12l22 14 22-14" />
      <path className="cargo" d="M26 30h68l-5 24H31z" />
      <path className="line" d="M52 41h16" />
    </svg>
  );
}

/** Nothing under way: the water alone, and a buoy. */
export function CalmDrawing({ width = 132 }: DrawingProps) {
  return (
    <svg className="drawing" viewBox="0 0 120 72" width={width} height={width * 0.6} aria-hidden="true">
      <path className="water" d={WAVE} />
      <path className="cargo" d="M52 54l4-24h8l4 24z" />
      <path className="line" d="M60 30v-8M54 44h12" />
      <circle className="cargo" cx="60" cy="18" r="4" />
    </svg>
  );
}

/** The app's mark from 18 px. */
export function Mark({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <clipPath id="mark-tile">
        <rect width="32" height="32" rx="7" />
      </clipPath>
      <g clipPath="url(#mark-tile)">
        <rect width="32" height="32" fill="#0b6379" />
        <path d="M4.5 7.5h23v9L22 25H10l-5.5-8.5z" fill="#fff" />
        <path d="M4 7l11 9a1.6 1.6 0 0 0 2 0l11-9" fill="none" stroke="#0b6379" strokeWidth="2.4" />
        <path d="M-.5 24.5q2.06-2.4 4.12 0t4.12 0 4.12 0 4.12 0 4.12 0 4.12 0 4.12 0 4.12 0V33H-.5z" fill="#88c3d6" />
      </g>
    </svg>
  );
}
