// How a shell begins: `sh -c script`, a script file, or a script on standard input.
import type { Code } from "./code.ts";
import type { Frame, ShellState } from "./state.ts";

export function newFrame(kind: Frame["kind"], code: Code, tested = false): Frame {
  return { kind, code, at: 0, slots: [], loops: [], cases: [], saved: [], tested };
}

const COMMON = { PS4: "+ " };
const OWN: Record<ShellState["flavour"], Record<string, string>> = {
  dash: COMMON,
  busybox: COMMON,
  bash: {
    ...COMMON,
    BASH: "/usr/bin/bash",
    BASH_VERSION: "5.2.15(1)-release",
    EUID: "0",
    HOSTTYPE: "x86_64",
    MACHTYPE: "x86_64-pc-linux-gnu",
    OSTYPE: "linux-gnu",
    UID: "0",
  },
};

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
  for (const [key, value] of Object.entries(OWN[flavour])) variables[key] ??= value;
  Object.assign(variables, { IFS: " \t\n", OPTIND: "1" });
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
    options: {
      allexport: false,
      errexit: false,
      noclobber: false,
      noexec: false,
      noglob: false,
      nounset: false,
      pipefail: false,
      verbose: false,
      xtrace: false,
    },
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
    ...(parent.attributes && { attributes: { ...parent.attributes } }),
    ...(parent.shopts && { shopts: { ...parent.shopts } }),
    depth: (parent.depth ?? 0) + 1,
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
