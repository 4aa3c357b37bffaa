// The house rules that neither the compiler nor the linter can hold.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.dirname(import.meta.dirname);
const SOURCE = path.join(ROOT, "src");

interface SourceFile {
  /** Relative to the project's root. */
  name: string;
  text: string;
}

function filesBelow(folder: string, ending: RegExp): SourceFile[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .filter((name) => !/node_modules|\.gen\.|fixtures/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(ROOT, name), "utf8") }));
}

const sources = filesBelow("src", /\.tsx?$/);
const code = sources.filter(({ name }) => !/\.test\.tsx?$/.test(name));
const tests = sources.filter(({ name }) => /\.test\.tsx?$/.test(name));
const offenders = (files: readonly SourceFile[], wrong: (file: SourceFile) => boolean): string[] =>
  files.filter(wrong).map(({ name }) => name);

test("TIDY-1: no file is named after nothing in particular", () => {
  expect(
    offenders(sources, ({ name }) => /\/(index|utils?|helpers?|misc|common|manager)\.tsx?$/i.test(name)),
  ).toEqual([]);
});

test("TIDY-2: every source file says first what it stands for", () => {
  expect(offenders(code, ({ text }) => !/^(\/\/|\/\*)/.test(text))).toEqual([]);
});

test("TIDY-3: nothing is exported wholesale", () => {
  expect(offenders(code, ({ text }) => /^export \* /m.test(text))).toEqual([]);
});

const LAYERS = ["base", "api", "cluster", "kubectl", "shell", "session", "ui"];

test("TIDY-4: imports point only down", () => {
  const upward = code.flatMap(({ name, text }) => {
    const layer = LAYERS.indexOf(name.split("/")[1] ?? "");
    if (layer < 0) return [];
    const targets = [...text.matchAll(/from "#(\w+)\//g)].map((match) => match[1]!);
    return targets
      .filter((target) => LAYERS.indexOf(target) > layer)
      .map((target) => `${name} imports ${target}`);
  });
  expect(upward).toEqual([]);
});

/** Folders of src/cluster whose components meet only through the API server, the network and the runtime. */
const COMPONENTS = [
  "scheduler",
  "kubelet",
  "kube-proxy",
  "dns",
  "ingress-controller",
  "clients",
  "cloud",
  "internet",
];

test("TIDY-5: cluster components never import each other", () => {
  const found = code.flatMap(({ name, text }) => {
    const own = /^src\/cluster\/([\w-]+)\//.exec(name)?.[1];
    if (own === undefined || !COMPONENTS.includes(own) || name.includes("/testing/")) return [];
    const targets = [...text.matchAll(/from "(?:\.\.\/)+([\w-]+)\/([\w-]+)\.ts"/g)];
    return (
      targets
        // Types, and the format of DNS messages, are what travels between them.
        .filter(
          ([, target, file]) =>
            COMPONENTS.includes(target!) && target !== own && !/^(types|message)$/.test(file!),
        )
        .map(([, target, file]) => `${name} imports ${target}/${file}`)
    );
  });
  expect(found).toEqual([]);
});

test("TIDY-6: everything below session is free of the wall clock, of timers and of unseeded chance", () => {
  const core = code.filter(({ name }) => /^src\/(base|api|cluster|kubectl|shell)\//.test(name));
  const forbidden = /\b(Date\.now|new Date\b|Math\.random|setTimeout|setInterval|performance\.now|crypto\.)/;
  const uncommented = (text: string): string =>
    text
      .replace(/\/\/.*$/gm, "")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/`[^`]*`|"[^"\n]*"|'[^'\n]*'/g, "");
  expect(offenders(core, ({ text }) => forbidden.test(uncommented(text)))).toEqual([]);
});

test("TIDY-7: HTML never comes from text", () => {
  expect(
    offenders(code, ({ text }) =>
      /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write/.test(text),
    ),
  ).toEqual([]);
});

test("TIDY-8: each rule of SPEC.md is named by a test, and tests name no rule that is not there", () => {
  const spec = readFileSync(path.join(SOURCE, "cluster/SPEC.md"), "utf8");
  const rules = new Set([...spec.matchAll(/^- ([A-Z]+-\d+)\b/gm)].map((match) => match[1]!));
  const prefixes = new Set([...rules].map((rule) => rule.split("-")[0]!));
  const named = new Set(
    tests.flatMap(({ text }) => [...text.matchAll(/\b([A-Z]+-\d+)\b/g)].map((match) => match[1]!)),
  );
  expect([...rules].filter((rule) => !named.has(rule))).toEqual([]);
  const titled = tests.flatMap(({ text }) =>
    [...text.matchAll(/test(?:\.each\([^)]*\))?\(\s*["'`]([A-Z]+-\d+)/g)].map((match) => match[1]!),
  );
  expect(titled.filter((rule) => prefixes.has(rule.split("-")[0]!) && !rules.has(rule))).toEqual([]);
});

test("TIDY-9: the project speaks of itself only", () => {
  const everything = [
    ...sources,
    ...filesBelow("tools", /\.mjs$/),
    ...filesBelow("e2e", /\.ts$/),
    ...filesBelow("src", /\.(md|css)$/),
  ];
  // Written apart, so that this file does not name them itself.
  const words = new RegExp(
    ["/work" + "/", "shared" + "/golden", "registry\\.npm" + "js", "\\bL" + "LM\\b"].join("|"),
  );
  expect(offenders(everything, ({ text }) => words.test(text))).toEqual([]);
});

/** The text behind each tag, to the end of its comment or to the next tag. */
function simplifications(text: string): string[] {
  const comments = text.match(/\/\*\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm) ?? [];
  return comments.flatMap((comment) => {
    const words = comment.replace(/^\s*(\/\/|\/?\*\*?\/?) ?|\s*\*\/$/gm, "").trim();
    return [...words.matchAll(/Simplified: ([\s\S]*?)(?=\n(?:Kubernetes|Simplified): |$)/g)].map((match) =>
      match[1]!.replace(/\s+/g, " ").trim(),
    );
  });
}

test("TIDY-10: cluster/SIMPLIFIED.md lists what the code says it simplifies (`vitest run src/tidy.test.ts -u` writes it)", async () => {
  const sections = ["api", "cluster", "kubectl", "shell"].map((layer) => {
    const lines = code
      .filter(({ name }) => name.startsWith(`src/${layer}/`))
      .flatMap(({ name, text }) =>
        simplifications(text).map((line) => {
          const place = name.slice(`src/${layer}/`.length).replace(/\.tsx?$/, "");
          return `- ${line.replace(/^(?!ipvs|kubectl)[a-z]+(?=[ ,])/, (word) => word[0]!.toUpperCase() + word.slice(1))} (\`${place}\`)`;
        }),
      );
    return [`## ${layer}`, "", ...lines, ""].join("\n");
  });
  const head = "# What is simplified\n\nCollected from the code's comments; do not edit by hand.\n";
  await expect([head, ...sections].join("\n")).toMatchFileSnapshot("cluster/SIMPLIFIED.md");
});

test("TIDY-11: each string of the page is shown somewhere", () => {
  const [catalogue, rest] = [true, false].map((inside) =>
    code.filter(({ name }) => /^src\/ui\/i18n\/(?!i18n\.)/.test(name) === inside),
  ) as [SourceFile[], SourceFile[]];
  const words = new Set(rest.flatMap(({ text }) => text.match(/\w+/g) ?? []));
  const keys = catalogue.flatMap(({ text }) =>
    [...text.slice(0, text.indexOf("\n  zh:")).matchAll(/^ {4}(\w+):/gm)].map((match) => match[1]!),
  );
  expect(keys.length).toBeGreaterThan(400);
  // Forms of outdated lines are made into keys where they are shown.
  expect(keys.filter((key) => !words.has(key.replace(/^outdated_/, "")))).toEqual([]);
});
