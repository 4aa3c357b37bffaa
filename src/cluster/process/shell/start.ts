// How a shell begins: `sh -c script`, a script file, or a script on standard input.
import type { Code } from "./code.ts";
import type { Frame, ShellState } from "./state.ts";

export function newFrame(kind: Frame["kind"], code: Code, tested = false): Frame {
  return { kind, code, at: 0, slots: [], loops: [], cases: [], saved: [], tested };
}

export function newShell(
  name: string,
  env: Readonly<Record<string, string>>,
  flavour: ShellState["flavour"],
  pid: number,
): ShellState {
  const exported: Record<string, true> = {};
  const variables: Record<string, string> = {};
  for (const [key, value] of Object.entries(env)) {
    if (!/^[A-Za-z_]\w*$/.test(key)) continue;
    exported[key] = true;
    variables[key] = value;
  }
  return {
    name,
    flavour,
    frames: [],
    variables,
    exported,
    functions: {},
    params: [],
    status: 0,
    line: 1,
    lastBackground: 0,
    children: {},
    jobs: [],
    jobTable: {},
    traps: {},
    pendingSignals: [],
    interruptible: false,
    options: { errexit: false, nounset: false, xtrace: false, pipefail: false },
    mainPid: pid,
    readsScript: false,
  };
}

/** A copy that runs `code` beside its parent: subshells, stages of pipelines, background jobs, substitutions. */
export function subshell(parent: ShellState, code: Code, tested: boolean): ShellState {
  const traps: Record<number, string> = {};
  for (const [signal, action] of Object.entries(parent.traps)) if (action === "") traps[Number(signal)] = "";
  return {
    ...parent,
    frames: [newFrame("script", code, tested)],
    variables: { ...parent.variables },
    exported: { ...parent.exported },
    functions: { ...parent.functions },
    ...(parent.arrays && {
      arrays: Object.fromEntries(Object.entries(parent.arrays).map(([name, items]) => [name, [...items]])),
    }),
    ...(parent.maps && {
      maps: Object.fromEntries(Object.entries(parent.maps).map(([name, map]) => [name, { ...map }])),
    }),
    params: [...parent.params],
    children: {},
    jobs: [],
    jobTable: {},
    traps,
    pendingSignals: [],
    pending: undefined,
    interruptible: false,
    options: { ...parent.options },
    exiting: undefined,
    readsScript: false,
    interactive: undefined,
  };
}
