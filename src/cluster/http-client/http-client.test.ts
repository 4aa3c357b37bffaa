import { expect, test } from "vitest";
import { lab, type Lab } from "../clients/testing/lab.ts";
import { endpoint, service, slice } from "../clients/testing/objects.ts";

/** Service web with one pod. */
function world(): Lab & { ip: string } {
  const made = lab();
  const ip = made.pod("web-1", "node-1");
  made.put(service("web", { clusterIP: "10.96.1.1" }));
  made.put(slice("web", [endpoint(ip, "web-1")]));
  made.run(2000);
  return { ...made, ip };
}

test("HTTP-1: a call by address, and by a Service's name", () => {
  const { curl, ip } = world();
  expect(curl(`http://${ip}:8080/a`)).toBe("web-1 10.244.3.2 /a");
  expect(curl("http://web/b?c=1#d")).toBe("web-1 10.244.3.2 /b?c=1");
});
