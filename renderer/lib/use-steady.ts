import { useCallback, useEffect, useRef } from 'react';

/** A function that never changes and calls the newest one: rows need not be drawn again for it. */
export function useSteady<A extends unknown[]>(act: (...args: A) => void): (...args: A) => void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
