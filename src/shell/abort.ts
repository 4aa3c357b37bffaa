// Ctrl-C as programs outside of the machine hear of it.

export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
}

export interface Abort {
  signal: Signal;
  abort(): void;
}

export function createAbort(): Abort {
  const listeners: (() => void)[] = [];
  const signal = {
    aborted: false,
    addEventListener: (_type: "abort", listener: () => void) => {
      if (signal.aborted) listener();
      else listeners.push(listener);
    },
  };
  return {
    signal,
    abort: () => {
      if (signal.aborted) return;
      signal.aborted = true;
      for (const listener of listeners) listener();
    },
  };
}
