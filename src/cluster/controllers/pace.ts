// The pace of a controller's client: so many requests at once, then so many a second, in the order in which they were
// asked for. Each controller of kube-controller-manager has a client, and so a pace, of its own.
// Kubernetes: staging/src/k8s.io/client-go/util/flowcontrol/throttle.go (v1.35)

export interface Rate {
  perSecond: number;
  burst: number;
}

/** --kube-api-qps and --kube-api-burst as they are by default. */
export const CONTROLLER_RATE: Rate = { perSecond: 20, burst: 30 };

/** Virtual ms at which the last request that was asked for may leave; it lies in the past while the client has rested. */
export interface Pace {
  last: number;
}

export function createPace({ perSecond, burst }: Rate): Pace {
  return { last: (-burst * 1000) / perSecond };
}

export const gapMs = ({ perSecond }: Rate): number => 1000 / perSecond;

/** Asks for `count` requests: when the first of them may leave, at once if that is no later than `now`. */
export function reserve(pace: Pace, rate: Rate, now: number, count: number): number {
  const gap = gapMs(rate);
  const first = Math.max(pace.last, now - rate.burst * gap) + gap;
  pace.last = first + (count - 1) * gap;
  return first;
}

/** In how many ms another request could leave; 0 if it could now. */
export function restMs(pace: Pace, rate: Rate, now: number): number {
  return Math.max(0, pace.last + gapMs(rate) - now);
}
