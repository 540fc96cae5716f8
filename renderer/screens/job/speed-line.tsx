/** Bytes a second since the start, and now in words. */
import { area, line } from 'd3-shape';
import { useTranslation } from 'react-i18next';
import type { JobView, SpeedSample } from '../../../shared/job-request.ts';
import { useFormat } from '../../lib/use-format.ts';
import { axisTop } from './progress.ts';

const WIDTH = 536;
const HEIGHT = 92;

export function SpeedLine({ view: { snapshot, speed, startedAt } }: { view: JobView }) {
  const { t } = useTranslation('job');
  const format = useFormat();
  const rate = format.rate(snapshot.bytesPerSecond);
  const top = axisTop(speed);
  const last = speed.at(-1)?.atMs ?? 1;
  const first = speed[0]?.atMs ?? 0;
  const x = (s: SpeedSample) => ((s.atMs - first) / Math.max(1, last - first)) * WIDTH;
  const y = (s: SpeedSample) => HEIGHT - (s.bytesPerSecond / top) * HEIGHT;
  const fill = area<SpeedSample>().x(x).y0(HEIGHT).y1(y)(speed);
  const stroke = line<SpeedSample>().x(x).y(y)(speed);
  return (
    <div>
      <div className="row job-section">
        <h2 className="section grow">{t('speed')}</h2>
        <span className="num">
          <span className="strong">{rate}</span>{' '}
          <span className="mute">· {t('messagesPerSecond', { count: Math.round(snapshot.messagesPerSecond) })}</span>
        </span>
      </div>
      <p className="job-axis num">{format.rate(top)}</p>
      <svg
        className="job-speed"
        viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('speedChart', { rate })}
      >
        <path className="grid" d={`M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}`} />
        {speed.length > 1 && <path className="fill" d={fill ?? ''} />}
        {speed.length > 1 && <path className="line" d={stroke ?? ''} />}
      </svg>
      <div className="row caption mute">
        <span className="grow">{t('started', { ago: format.ago(startedAt) })}</span>
        <span>{t('now')}</span>
      </div>
    </div>
  );
}
