import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const stdout = async (line: string): Promise<string> => (await terminal().run(line)).stdout;

test("KUBECTL-51: api-resources lists what discovery has, by group and name", async () => {
  expect(await stdout("api-resources --api-group=discovery.k8s.io")).toBe(
    "NAME             SHORTNAMES   APIVERSION            NAMESPACED   KIND\n" +
      "endpointslices                discovery.k8s.io/v1   true         EndpointSlice\n",
  );
  expect(await stdout("api-resources --api-group=discovery.k8s.io -o wide --no-headers")).toBe(
    "endpointslices         discovery.k8s.io/v1   true   EndpointSlice   create,delete,deletecollection,get,list,patch,update,watch   \n",
  );
  expect(await stdout("api-resources --namespaced=false --api-group= -o name")).toContain(
    "namespaces\nnodes\n",
  );
  expect((await terminal().run("api-resources --sort-by=age")).stderr).toBe(
    "error: --sort-by accepts only name or kind\n",
  );
  expect((await terminal().run("api-resources extra")).stderr).toBe(
    "error: unexpected arguments: [extra]\nSee 'kubectl api-resources -h' for help and examples\n",
  );
  expect((await stdout("api-versions")).split("\n")).toContain("discovery.k8s.io/v1");
});

test("KUBECTL-52: version and cluster-info name the server of the context", async () => {
  expect(await stdout("version")).toBe(
    "Client Version: v1.35.2\nKustomize Version: v5.7.1\nServer Version: v1.35.4\n",
  );
  expect(await stdout("cluster-info")).toBe(
    "Kubernetes control plane is running at https://192.168.8.10:6443\n" +
      "CoreDNS is running at https://192.168.8.10:6443/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n" +
      "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n",
  );
  expect((await terminal().run("version x")).stderr).toBe("error: extra arguments: [x]\n");
});

test("KUBECTL-53: without a metrics server top says so", async () => {
  expect(await terminal().run("top pod nothing")).toEqual({
    stdout: "",
    stderr: "error: Metrics API not available\n",
    exit: 1,
  });
});
