import { expect, test } from "vitest";
import { keyed, pod, service, slice } from "../layout/fixtures.ts";
import { newsOf, wordsOf, type Wording } from "./announce.ts";

const wording: Wording = {
  pod: (look) => look.state,
  endpoints: (ready, total) => `${ready} of ${total}`,
  gone: "gone",
  many: (count) => `${count} changed`,
  item: (name, word) => `${name}: ${word}.`,
};
const at = (name: string, ready = true) => pod(name, { node: "node-1", ip: "10.244.1.5", ready });
const words = (...pods: ReturnType<typeof at>[]) => wordsOf(keyed(pods), new Map(), new Map(), wording);

test("CAN-36: state changes of pods are said aloud, many at once only counted, new pods not at all", () => {
  const before = words(at("a"), at("b"));
  expect(newsOf(new Map(), before, wording)).toBe("");
  expect(newsOf(before, words(at("a"), at("b"), at("c")), wording)).toBe("");
  expect(newsOf(before, words(at("a", false), at("b", false)), wording)).toBe("a: notReady. b: notReady.");
  expect(newsOf(before, words(at("a", false)), wording)).toBe("a: notReady. b: gone.");
  const four = ["a", "b", "c", "d"];
  const fallen = newsOf(words(...four.map((n) => at(n))), words(...four.map((n) => at(n, false))), wording);
  expect(fallen).toBe("4 changed");
});

test("a Service that loses an endpoint is said aloud", () => {
  const web = service("web", { ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }] });
  const told = (...pods: ReturnType<typeof at>[]) =>
    wordsOf(new Map(), keyed([web]), keyed([slice("web", pods)]), wording);
  expect(newsOf(told(at("a"), at("b")), told(at("a"), at("b", false)), wording)).toBe("Service web: 1 of 2.");
});
