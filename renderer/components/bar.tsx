/** A bar on a track; beside it stand the same facts in words. */

interface BarProps {
  /** 0 to 1. */
  fraction: number;
  /** 0 to 1, after the first: on the way. */
  newFraction?: number;
  width?: number;
  height?: number;
  className?: string;
}

const percent = (fraction: number) => `${Math.min(Math.max(fraction, 0), 1) * 100}%`;

export function Bar({ fraction, newFraction = 0, width, height, className = '' }: BarProps) {
  return (
    <div className={`bar ${className}`} style={{ width, height }} aria-hidden="true">
      <i style={{ width: percent(fraction) }} />
      {newFraction > 0 && <i className="new" style={{ width: percent(newFraction) }} />}
    </div>
  );
}
