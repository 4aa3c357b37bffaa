import { expect, test } from "vitest";
import { createDesk } from "./testing.ts";

test("KWRITE-53: cp from a terminal sends the file, not what is typed; and a pipe feeds apply", async () => {
  const desk = createDesk({}, () => new Promise((resolve) => setTimeout(resolve, 0)));
  const prompt = await desk.open("t1");
  const run = async (line: string): Promise<string> =>
    (await desk.run(line, "t1", 60_000)).replace(prompt, "");
  await run("kubectl run box --image=busybox -- sleep 999");
  await run("kubectl wait pod/box --for=condition=Ready");
  await run("echo hello > a.txt");
  expect(await run("kubectl cp a.txt box:/tmp/a.txt")).toBe("");
  expect(await run("kubectl exec box -- cat /tmp/a.txt")).toBe("hello\n");
  expect(await run("kubectl cp box:/tmp/a.txt back.txt && cat back.txt")).toBe(
    "tar: removing leading '/' from member names\nhello\n",
  );
  expect(
    await run("kubectl create cm x --from-literal=a=1 --dry-run=client -o yaml | kubectl apply -f -"),
  ).toBe("configmap/x created\n");
});
