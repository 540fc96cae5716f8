/** Values that change often, passed on now and then; and the time that passes. */
import { useEffect, useRef, useState } from 'react';

/** The first value at once, later ones at most every `everyMs`; the last one always arrives. */
export function useCalm<T>(value: T, everyMs: number): T {
  const [calm, setCalm] = useState(value);
  const lastMs = useRef(0);
  useEffect(() => {
    const dueMs = Math.max(0, lastMs.current + everyMs - performance.now());
    const timer = setTimeout(() => {
      lastMs.current = performance.now();
      setCalm(value);
    }, dueMs);
    return () => clearTimeout(timer);
  }, [value, everyMs]);
  return calm;
}

/** Renders again every so often, for texts such as `2 minutes ago`. */
export function useEvery(everyMs: number): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setCount((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const onChange = () => setHolds(media.matches);
    media.addEventListener('change', onChange);
    return () => media.removeEventListener('change', onChange);
  }, [query]);
  return holds;
}
