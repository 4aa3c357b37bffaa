// The component "ingress-controller".
import { defineComponent } from "../machine/component.ts";

export const ingressController = defineComponent<Record<string, never>>({
  name: "ingress-controller",
  start: () => ({}),
});
