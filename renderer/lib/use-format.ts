/** lib/format.ts bound to the language that is shown and the time that it is. */
import { useMemo } from 'react';
import { useLanguage } from '../store/app-store.ts';
import * as format from './format.ts';

const clock = (): format.Clock => ({ now: Date.now() });

function bind(language: format.Language) {
  return {
    language,
    count: (count: number) => format.formatCount(count, language),
    countOrDash: (count: number) => format.formatCountOrDash(count, language),
    size: (sizeBytes: number) => format.formatSize(sizeBytes, language),
    exactSize: (sizeBytes: number) => format.formatExactSize(sizeBytes, language),
    sizeOf: (partBytes: number, wholeBytes: number) => format.formatSizeOf(partBytes, wholeBytes, language),
    rate: (bytesPerSecond: number) => format.formatRate(bytesPerSecond, language),
    percent: (fraction: number) => format.formatPercent(fraction, language),
    duration: (durationMs: number) => format.formatDuration(durationMs, language),
    timeLeft: (etaMs: number) => format.formatTimeLeft(etaMs, language),
    when: (iso: string) => format.formatWhen(iso, language, clock()),
    day: (iso: string) => format.formatDay(iso, language, clock()),
    time: (iso: string) => format.formatTime(iso, clock()),
    long: (iso: string) => format.formatLong(iso, language, clock()),
    ago: (iso: string) => format.formatAgo(iso, language, clock()),
    names: (names: readonly string[]) => format.formatNames(names, language),
    years: (first: number | null, last: number | null) => format.formatYears(first, last, language),
  };
}

export type Format = ReturnType<typeof bind>;

export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => bind(language), [language]);
}
