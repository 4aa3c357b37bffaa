// Scenario files of recordings: which commands were run where, and how a recording shows their outcome.
import { parse } from "yaml";

export interface Step {
  run?: string;
  stdin?: string;
  env?: Record<string, string>;
  /** Seconds. */
  timeout?: number;
  at?: string;
  times?: number;
  every?: number;
  background?: string;
  finish?: string;
  sleep?: number;
  sh?: string;
  settle?: unknown;
  ready?: { selector: string; index: number; value: boolean };
  lb?: { service: string; ip: string };
}

export interface ScenarioFile {
  name: string;
  about: string;
  namespace?: string;
  kubelet?: boolean;
  files: Record<string, string>;
  steps: Step[];
}

export interface PodSeen {
  ip?: string;
  node?: string;
  of: string;
  ready: boolean;
}

export interface WorldSeen {
  pods: Record<string, PodSeen>;
  hashes: string[];
  slices: string[];
}

export interface Outcome {
  stdout?: string;
  stderr?: string;
  exit?: number | null;
  skipped?: string;
  resolved?: string;
  /** The name under which it ran while the next steps ran. */
  background?: string;
  at?: string;
  tally?: unknown[];
}

export interface Recording {
  name: string;
  version: string;
  kubectl: string;
  about: string;
  namespace: string;
  server: string;
  nodes: Record<string, { ips: string[]; zone: string }>;
  places?: Record<string, string[]>;
  kubelet?: boolean;
  files: Record<string, string>;
  steps: (Outcome & { cmd: string; stdin?: string; world?: WorldSeen })[];
}

export function parseScenario(source: string): ScenarioFile {
  const scenario = parse(source) as Partial<ScenarioFile> & Pick<ScenarioFile, "name" | "steps">;
  return { about: "", files: {}, ...scenario };
}

/** One line that names a step. */
export function titleOf(step: Step): string {
  if (step.at !== undefined) {
    const times = step.times ? ` (${step.times} times)` : "";
    return `[${step.at}] ${step.run}${times}${step.background ? ` &${step.background}` : ""}`;
  }
  const [key = "", value] = Object.entries(step)[0] ?? [];
  return step.run ?? step.sh ?? `${key} ${JSON.stringify(value)}`;
}

/** Splits a line as a shell would, with quotes and backslashes; nothing is expanded. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i]!;
    if (quote === "'") {
      if (sign === "'") quote = undefined;
      else word += sign;
    } else if (sign === "\\" && (!quote || '"\\$`'.includes(line[i + 1] ?? " "))) {
      word = (word ?? "") + (line[++i] ?? "");
    } else if (quote) {
      if (sign === '"') quote = undefined;
      else word += sign;
    } else if (sign === "'" || sign === '"') {
      quote = sign;
      word ??= "";
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + sign;
  }
  if (word !== undefined) words.push(word);
  return words;
}
