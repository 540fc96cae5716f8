/** The dry run: counted again a moment after every change, with the numbers before it kept until then. */
import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import type { JobPlan } from '../../../shared/job-request.ts';
import { calls, failureOf } from '../../bridge.ts';
import { withSecret } from '../../store/dialogs.ts';
import { makeRequest, type Choices, type Task, type UploadRequest } from './choices.ts';

const DEBOUNCE_MS = 400;

export interface Plan {
  /** The newest that came, perhaps of earlier choices. */
  plan: JobPlan | null;
  /** It is of the choices as they are now. */
  isFresh: boolean;
  isCounting: boolean;
  /** Of the choices as they are now. */
  request: UploadRequest;
  failure: Failure | null;
  /** The user did not give the password. */
  isDeclined: boolean;
  countAgain: () => void;
}

interface Ended {
  key: string;
  failure: Failure | null;
}

export function usePlan(task: Task, choices: Choices): Plan {
  const [held, setHeld] = useState<{ key: string; plan: JobPlan } | null>(null);
  const [ended, setEnded] = useState<Ended | null>(null);
  const [round, setRound] = useState(0);
  const request = makeRequest(task, held?.plan.pairs ?? null, choices);
  const key = `${round}:${JSON.stringify(request)}`;
  const isFirst = held === null;
  useEffect(() => {
    const control = new AbortController();
    const count = async () => {
      try {
        const plan = await withSecret(() => calls.jobs.plan(request, { signal: control.signal }));
        if (control.signal.aborted) return;
        if (plan) setHeld({ key, plan });
        setEnded(plan ? null : { key, failure: null });
      } catch (error) {
        if (!control.signal.aborted) setEnded({ key, failure: failureOf(error) });
      }
    };
    const timer = setTimeout(() => void count(), isFirst ? 0 : DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
    // The key tells requests apart; task and request are new objects at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  const isFresh = held?.key === key;
  const isEnded = ended?.key === key;
  return {
    plan: held?.plan ?? null,
    isFresh,
    isCounting: !isFresh && !isEnded,
    request,
    failure: isEnded ? ended.failure : null,
    isDeclined: isEnded && ended.failure === null,
    countAgain: () => setRound(round + 1),
  };
}
