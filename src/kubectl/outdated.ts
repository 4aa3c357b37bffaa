// What changed since a line from an old book worked, in our own words: shown below kubectl's error, marked as ours.

interface Outdated {
  matches(words: readonly string[], stderr: string): boolean;
  text: string;
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
    text: "Since Kubernetes 1.22 an Ingress is written in networking.k8s.io/v1: each path has a pathType, and its backend is service.name and service.port.number.",
  },
  {
    matches: noMatch("Deployment|ReplicaSet|DaemonSet|StatefulSet", "(extensions|apps)/v1beta[12]"),
    text: "Since Kubernetes 1.16 workloads are written in apps/v1, where spec.selector must be given and match the template's labels.",
  },
  {
    matches: noMatch("NetworkPolicy", "extensions/v1beta1"),
    text: "Since Kubernetes 1.16 a NetworkPolicy is written in networking.k8s.io/v1, with the same fields.",
  },
  {
    matches: noMatch("CronJob|PodDisruptionBudget", "(batch|policy)/v(1beta1|2alpha1)"),
    text: "Since Kubernetes 1.25 a CronJob is written in batch/v1 and a PodDisruptionBudget in policy/v1.",
  },
  {
    matches: (words) => words.includes("run") && words.some((word) => word.startsWith("--generator")),
    text: "Since Kubernetes 1.18 `kubectl run` makes nothing but a pod, and --generator is gone: kubectl run NAME --image=IMAGE; for more copies kubectl create deployment NAME --image=IMAGE --replicas=3.",
  },
  {
    matches: (words) => starts(words, "exec") && !words.includes("--") && words.includes("-s"),
    text: "Since Kubernetes 1.31 the command needs two dashes before it: kubectl exec POD -- COMMAND. Without them -s meant --server, a flag of kubectl itself.",
  },
  {
    matches: (words) => starts(words, "exec") && !words.includes("--"),
    text: "Since Kubernetes 1.31 the command needs two dashes before it: kubectl exec POD -- COMMAND.",
  },
  {
    matches: (words) => words.includes("rolling-update"),
    text: "Since Kubernetes 1.18 `kubectl rolling-update` is gone; a Deployment does it: kubectl set image deployment/NAME CONTAINER=IMAGE.",
  },
  {
    matches: (words) => words.includes("--export"),
    text: "Since Kubernetes 1.18 --export is gone: kubectl get TYPE NAME -o yaml, and take out status and what the server wrote.",
  },
];

/** One sentence, or undefined where the line is none of an old book's. `stderr` is what kubectl said of it. */
export function outdatedHint(words: readonly string[], stderr: string): string | undefined {
  return FORMS.find(({ matches }) => matches(words, stderr))?.text;
}
