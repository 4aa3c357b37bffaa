// What changed since a line from an old book worked, in our own words: shown below kubectl's error, marked as ours.

interface Outdated {
  matches(words: readonly string[]): boolean;
  text: string;
}

const starts = (words: readonly string[], ...first: string[]): boolean =>
  first.every((word, index) => words[index] === word);

const FORMS: readonly Outdated[] = [
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

/** One sentence, or undefined where the line is none of an old book's. */
export function outdatedHint(words: readonly string[]): string | undefined {
  return FORMS.find(({ matches }) => matches(words))?.text;
}
