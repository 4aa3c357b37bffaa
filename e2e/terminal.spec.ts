// The terminal under the canvas, with the commands of a chapter about Services as its readers type them.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, open, rows, test } from "./page.ts";

const PROMPT = /^\S*:\S+[$#]$/;

async function openTerminal(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1600, height: 1300 });
  await open(page);
  // Virtual time goes faster, so that what sleeps is soon awake.
  await page.getByRole("button", { name: "5×", exact: true }).click();
  await page.getByRole("tab", { name: "Terminal" }).click();
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(PROMPT);
}

/** Types a line at the prompt; returns what stands between it and the next prompt. */
async function run(page: Page, line: string, timeout = 20_000): Promise<string> {
  await page.keyboard.press("Control+l");
  await expect.poll(async () => (await rows(page)).length).toBe(1);
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
  await expect
    .poll(
      async () => {
        const shown = await rows(page);
        return shown.length > 1 && PROMPT.test(shown.at(-1)!);
      },
      { timeout },
    )
    .toBe(true);
  return (await rows(page)).slice(1, -1).join("\n");
}

test("the chapter's story: a service is exposed, asked, pinned, broken and looked up", async ({ page }) => {
  test.setTimeout(180_000);
  await openTerminal(page);
  expect(await run(page, "kubectl get rc")).toMatch(/^NAME +DESIRED.*\nkubia +3 /);
  expect(await run(page, "kubectl expose rc kubia")).toBe("service/kubia exposed");
  expect(await run(page, "kubectl get svc kubia")).toMatch(
    /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nkubia +ClusterIP +10\.96\.\d+\.\d+ +<none> +8080\/TCP +\d+s$/,
  );
  await run(page, "POD=$(kubectl get pods -l app=kubia -o jsonpath='{.items[0].metadata.name}')");
  await run(page, "IP=$(kubectl get svc kubia -o jsonpath='{.spec.clusterIP}')");
  expect(await run(page, "kubectl exec $POD -- curl -s http://$IP:8080")).toMatch(/^You've hit kubia-\w{5}$/);

  // The old form fails as it does today, and says below what to type instead; Tab takes it.
  const old = await run(page, "kubectl exec $POD curl -s http://$IP:8080");
  expect(old).toContain(
    "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead",
  );
  expect(old).toMatch(/Kubelanes says: .*two dashes/);
  await page.keyboard.press("Tab");
  await expect
    .poll(async () => (await rows(page)).join(""))
    .toMatch(/\$ kubectl exec kubia-\w{5} -- curl -s http/);
  await page.keyboard.press("Control+u");

  expect(await run(page, `kubectl patch svc kubia -p '{"spec":{"sessionAffinity":"ClientIP"}}'`)).toBe(
    "service/kubia patched",
  );
  await run(page, "sleep 2");
  const hits = await run(
    page,
    "for i in 1 2 3 4; do kubectl exec $POD -- curl -s http://$IP:8080; done",
    40_000,
  );
  expect(new Set(hits.split("\n")).size).toBe(1);
  expect(hits.split("\n").length).toBe(4);

  expect(await run(page, "kubectl exec $POD -- env | grep ^KUBIA_SERVICE")).toBe("");
  expect(await run(page, "kubectl delete po --all", 90_000)).toMatch(/pod "kubia-\w{5}" deleted/);
  await run(page, "sleep 8");
  await run(page, "POD=$(kubectl get pods -l app=kubia -o jsonpath='{.items[0].metadata.name}')");
  expect(await run(page, "kubectl exec $POD -- env | grep ^KUBIA_SERVICE | sort")).toMatch(
    /^KUBIA_SERVICE_HOST=10\.96\.\d+\.\d+\nKUBIA_SERVICE_PORT=8080$/,
  );
});

test("a shell in a pod: names, search domains, and back again", async ({ page }) => {
  test.setTimeout(120_000);
  await openTerminal(page);
  await run(page, "kubectl expose rc kubia --port=80 --target-port=8080");
  await run(page, "POD=$(kubectl get pods -l app=kubia -o jsonpath='{.items[0].metadata.name}')");
  await run(page, "sleep 1");
  await run(page, "kubectl exec -it $POD -- bash");
  expect((await rows(page)).at(-1)).toMatch(/^root@kubia-\w{5}:\/#$/);
  for (const name of ["kubia.default.svc.cluster.local", "kubia.default", "kubia"])
    expect(await run(page, `curl http://${name}`)).toMatch(/You've hit kubia-\w{5}/);
  expect(await run(page, "cat /etc/resolv.conf")).toBe(
    "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5",
  );
  // The service's address is nobody's: it does not answer to ping, and Ctrl-C stops it at once.
  await page.keyboard.type("ping kubia");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1500);
  await page.keyboard.press("Control+c");
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/^root@kubia-\w{5}:\/#$/);
  expect((await rows(page)).join("\n")).toContain("100% packet loss");
  expect(await run(page, "exit")).toBe("exit\ncommand terminated with exit code 1");
  expect(await run(page, "echo $?")).toBe("1");
});

test("readiness edited in the editor, and a headless service looked up from a temporary pod", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openTerminal(page);
  await run(page, "kubectl expose rc kubia");
  await page.keyboard.type("kubectl edit rc kubia");
  await page.keyboard.press("Enter");
  const waiting = page.locator(".terminal").getByText("kubectl edit waits for");
  await expect(waiting).toBeVisible();
  await page.locator(".terminal").getByRole("button", { name: "Cancel the edit" }).click();
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(PROMPT);
  expect((await rows(page)).join("\n")).toContain("Edit cancelled, no changes made.");

  await page.locator(".terminal-holder").click();
  const probe = `{"spec":{"template":{"spec":{"containers":[{"name":"kubia","readinessProbe":{"httpGet":null,"exec":{"command":["ls","/var/ready"]}}}]}}}}`;
  expect(await run(page, `kubectl patch rc kubia -p '${probe}'`)).toMatch(
    /\nreplicationcontroller\/kubia patched$/,
  );
  await run(page, "kubectl delete po --all", 90_000);
  await run(page, "sleep 8");
  expect(await run(page, "kubectl get po -l app=kubia")).toMatch(
    /^NAME.*\n(kubia-\w{5} +0\/1 +Running +0 +\d+s\n?){3}$/,
  );
  expect(await run(page, "kubectl get endpoints kubia")).toMatch(/\nkubia +\d+s$/);
  await run(page, "POD=$(kubectl get pods -l app=kubia -o jsonpath='{.items[0].metadata.name}')");
  expect(await run(page, "kubectl exec $POD -- touch /var/ready")).toBe("");
  await run(page, "sleep 12", 40_000);
  expect(await run(page, "kubectl get endpoints kubia")).toMatch(/\nkubia +10\.244\.\d+\.\d+:8080 +\d+s$/);

  await page.keyboard.press("Control+l");
  for (const line of [
    "cat > kubia-headless.yaml <<EOF",
    "apiVersion: v1",
    "kind: Service",
    "metadata:",
    "  name: kubia-headless",
    "spec:",
    "  clusterIP: None",
    "  ports: [{port: 80, targetPort: 8080}]",
    "  selector: {app: kubia}",
    "EOF",
  ]) {
    await page.keyboard.type(line);
    await page.keyboard.press("Enter");
  }
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(PROMPT);
  await expect(page.getByText("New in the home folder: kubia-headless.yaml.")).toBeVisible();
  expect(await run(page, "kubectl create -f kubia-headless.yaml")).toBe("service/kubia-headless created");
  expect(await run(page, "kubectl run dnsutils --image=tutum/dnsutils --command -- sleep infinity")).toBe(
    "pod/dnsutils created",
  );
  expect(await run(page, "kubectl wait --for=condition=Ready pod/dnsutils", 40_000)).toBe(
    "pod/dnsutils condition met",
  );
  const found = await run(page, "kubectl exec dnsutils -- nslookup kubia-headless");
  expect(found).toMatch(/Name:\s+kubia-headless\.default\.svc\.cluster\.local\nAddress: 10\.244\.\d+\.\d+/);
});

test("history, search, completion, paste and a long loop that stops at Ctrl-C", async ({ page }) => {
  test.setTimeout(120_000);
  await openTerminal(page);
  await run(page, "echo first");
  await run(page, "echo second");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/\$ echo first$/);
  await page.keyboard.press("Control+u");
  await page.keyboard.press("Control+r");
  await page.keyboard.type("sec");
  await expect.poll(async () => (await rows(page)).at(-1)).toBe("(reverse-i-search)`sec': echo second");
  await page.keyboard.press("Control+c");
  await page.keyboard.type("kubectl get repl");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect.poll(async () => (await rows(page)).join("\n")).toMatch(/replicasets +replicationcontrollers/);
  await page.keyboard.type("tionc");
  await page.keyboard.press("Tab");
  await page.keyboard.type("ku");
  await page.keyboard.press("Tab");
  await expect
    .poll(async () => (await rows(page)).at(-1))
    .toMatch(/\$ kubectl get replicationcontrollers kubia$/);
  await page.keyboard.press("Control+c");

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText("for i in 1 2; do\n  echo pasted $i\ndone\n"));
  await page.keyboard.press("Control+l");
  await page.keyboard.press("ControlOrMeta+v");
  await expect.poll(async () => (await rows(page)).join("\n")).toContain("pasted 1\npasted 2\n");

  await page.keyboard.type("while true; do curl -s http://192.168.8.11:30123; done");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await rows(page)).filter((row) => row.startsWith("You've hit")).length)
    .toBeGreaterThan(2);
  await page.keyboard.press("Control+c");
  await expect.poll(async () => (await rows(page)).at(-1), { timeout: 3000 }).toMatch(PROMPT);
  expect(await run(page, "echo $?")).toBe("130");
  await expect(page.getByRole("button", { name: /^Client workstation/ })).toBeVisible();

  expect(await run(page, "seq 50000 | tail -n 2")).toBe("49999\n50000");
  await page.keyboard.type("seq 50000");
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await rows(page)).slice(-2).join("|"), { timeout: 20_000 })
    .toMatch(/^50000\|workstation:~\$$/);

  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Workstation", exact: true })).toBeFocused();
});

test("commands of the panels go to the terminal; it follows the theme and the language, and axe finds nothing", async ({
  page,
}) => {
  await openTerminal(page);
  await page.getByRole("button", { name: /^Service kubia-nodeport/ }).click();
  await page
    .getByRole("button", { name: /^Send to the terminal: kubectl/ })
    .first()
    .click();
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/^workstation:~\$ kubectl /);
  await page.keyboard.press("Control+c");
  await page.getByRole("combobox", { name: "Shell in a container…" }).selectOption({ index: 1 });
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/^root@kubia-\w{5}:\/#$/);
  const results = await new AxeBuilder({ page }).include(".terminal").analyze();
  expect(results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const background = (): Promise<string> =>
    page
      .locator(".xterm-viewport, .xterm-scrollable-element")
      .first()
      .evaluate((node) => getComputedStyle(node).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: /dark/i }).click();
  await expect.poll(background).not.toBe(light);
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("tab", { name: "终端" })).toBeVisible();
});
