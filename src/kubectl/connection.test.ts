import { expect, test } from "vitest";
import { terminal } from "./testing/terminal.ts";

test("KUBECTL-69: flags that lead to no server say so before anything else", async () => {
  const { run } = terminal();
  const said = async (flag: string): Promise<string> => (await run(`get svc ${flag}`)).stderr;
  expect(await said("--cluster=none")).toBe('error: no server found for cluster "none"\n');
  expect(await said("--as-group=x")).toBe(
    "error: requesting uid, groups or user-extra for admin without impersonating a user\n",
  );
  expect(await said("--client-certificate=none")).toBe(
    "Error in configuration: \n* client-key-data or client-key must be specified for admin to use the clientCert authentication method.\n* unable to read client-cert none for admin due to open none: no such file or directory\n",
  );
  expect(await said("--profile=foo")).toBe("error: unknown profile 'foo'\n");
  expect(await said("--help=x")).toBe(
    'error: invalid argument "x" for "-h, --help" flag: strconv.ParseBool: parsing "x": invalid syntax\nSee \'kubectl get --help\' for usage.\n',
  );
  expect(await said("--user=none")).toBe('error: auth info "none" does not exist\n');
  expect(await said("--kubeconfig=none")).toBe("error: stat none: no such file or directory\n");
  expect(await said("--server=https://1.2.3.4")).toBe(
    "Unable to connect to the server: dial tcp 1.2.3.4:443: i/o timeout\n",
  );
  expect(await said("-s localhost:8080")).toBe(
    "The connection to the server localhost:8080 was refused - did you specify the right host or port?\n",
  );
  expect(await said("--request-timeout=1x")).toBe(
    "error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)\n",
  );
  expect(
    await said("--server=https://192.168.8.10:6443 --cluster=lab --user=admin --request-timeout=5"),
  ).toBe("");
});

test("KUBECTL-70: get --subresource=scale shows what is wanted and what there is", async () => {
  const { run } = terminal();
  await run("create deployment web --image=nginx --replicas=3");
  expect((await run("get deploy web --subresource=scale")).stdout).toBe(
    "NAME   DESIRED   AVAILABLE   AGE\nweb    3         0           0s\n",
  );
});

test("KUBECTL-71: -v=6 tells of the requests, -v=8 of what they carry", async () => {
  const { run } = terminal();
  const { stderr } = await run("get svc kubernetes -o name -v=6");
  expect(stderr.replace(/^I\d{4} [\d:.]+ +1 /gm, "")).toBe(
    'loader.go:402] Config loaded from file:  /root/.kube/config\nround_trippers.go:632] "Response" verb="GET" url="https://192.168.8.10:6443/api/v1/namespaces/default/services/kubernetes" status="200 OK" milliseconds=0\n',
  );
  const loud = (await run("create configmap x --from-literal=a=b -v=8")).stderr;
  expect(loud).toContain('"Request Body" body="{\\"apiVersion\\":\\"v1\\",\\"data\\":{\\"a\\":\\"b\\"}');
  expect(loud).toContain(
    'verb="POST" url="https://192.168.8.10:6443/api/v1/namespaces/default/configmaps?fieldManager=kubectl-create" status="201 Created"',
  );
  expect((await run("get svc kubernetes -o name -v=5")).stderr).toBe("");
});

test("KUBECTL-76: --match-server-version refuses a server of another version, and --local asks none", async () => {
  const { run, files } = terminal();
  const { stdout, stderr, exit } = await run("get pods --match-server-version");
  expect([stdout, exit]).toEqual(["", 1]);
  expect(stderr).toMatch(
    /^error: server version \(&version\.Info\{Major:"1", Minor:"35", .*GitVersion:"v1\.35\.4", .*\}\) differs from client version \(version\.Info\{Major:"1", Minor:"35", EmulationMajor:"", .*GitVersion:"v1\.35\.2", .*\}\)\n$/,
  );
  files.set("cm.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
  const labelled = {
    stdout: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    x: "1"\n  name: a\n',
    stderr: "",
    exit: 0,
  };
  for (const flag of ["--match-server-version", "-s http://nowhere:1"])
    expect(await run(`label -f cm.yaml --local x=1 -o yaml ${flag}`)).toEqual(labelled);
});
