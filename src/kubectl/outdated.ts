// Which line from an old book was typed, so that whoever shows kubectl's error can say below it, in the reader's language,
// what changed since.

/** Named after what is gone. */
export type OutdatedForm =
  | "ingressVersion"
  | "workloadVersion"
  | "networkPolicyVersion"
  | "batchVersion"
  | "runGenerator"
  | "execServerFlag"
  | "execWithoutDashes"
  | "rollingUpdate"
  | "getExport";

interface Outdated {
  matches(words: readonly string[], stderr: string): boolean;
  form: OutdatedForm;
}

const starts = (words: readonly string[], ...first: string[]): boolean =>
  first.every((word, index) => words[index] === word);

/** kubectl found no such kind in that version. */
const noMatch =
  (kinds: string, versions: string): Outdated["matches"] =>
  (_, stderr) =>
    new RegExp(`no matches for kind "(${kinds})" in version "(${versions})"`).test(stderr);

const FORMS: readonly Outdated[] = [
  {
    matches: noMatch("Ingress|IngressClass", "extensions/v1beta1|networking\\.k8s\\.io/v1beta1"),
    form: "ingressVersion",
  },
  {
    matches: noMatch("Deployment|ReplicaSet|DaemonSet|StatefulSet", "(extensions|apps)/v1beta[12]"),
    form: "workloadVersion",
  },
  {
    matches: noMatch("NetworkPolicy", "extensions/v1beta1"),
    form: "networkPolicyVersion",
  },
  {
    matches: noMatch("CronJob|PodDisruptionBudget", "(batch|policy)/v(1beta1|2alpha1)"),
    form: "batchVersion",
  },
  {
    matches: (words) => words.includes("run") && words.some((word) => word.startsWith("--generator")),
    form: "runGenerator",
  },
  {
    matches: (words) => starts(words, "exec") && !words.includes("--") && words.includes("-s"),
    form: "execServerFlag",
  },
  {
    matches: (words) => starts(words, "exec") && !words.includes("--"),
    form: "execWithoutDashes",
  },
  {
    matches: (words) => words.includes("rolling-update"),
    form: "rollingUpdate",
  },
  {
    matches: (words) => words.includes("--export"),
    form: "getExport",
  },
];

/** Undefined where the line is none of an old book's. `stderr` is what kubectl said of it. */
export function outdatedHint(words: readonly string[], stderr: string): OutdatedForm | undefined {
  return FORMS.find(({ matches }) => matches(words, stderr))?.form;
}
