// What a kubelet still has to do for a pod in this round of its sync loop, in order. A step that takes time ends by a
// timer or an answer; all of it is plain data, so that a half-started pod can be copied.

export type Step =
  /** Waits until every volume can be filled. */
  | { step: "volumes"; attempt: number; since: number }
  | { step: "sandbox" }
  /** Looks at the containers and puts the steps that they need in front. */
  | { step: "containers" }
  | { step: "start"; container: string; phase: "image" | "start" | "postStart" }
  | { step: "kill"; container: string }
  | { step: "killPod" };
