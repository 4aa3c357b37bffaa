// The environment variables that tell a container of the Services of its namespace, as they stand when it is created.
// Kubernetes: pkg/kubelet/envvars/envvars.go (v1.35)
import type { Service } from "#api/service/types";
import type { Context } from "../machine/component.ts";

interface Variable {
  name: string;
  value: string;
}

/** With links all Services of the namespace that have a cluster IP; without, only default/kubernetes. */
export function serviceEnvironment(context: Context, namespace: string, links: boolean): readonly Variable[] {
  const own = links ? context.api.list("Service", { namespace }) : NONE;
  const master = context.api.get("Service", "default", "kubernetes");
  const known = made.get(own);
  if (known && known.master === master) return known.variables;
  const services = own.filter(hasClusterIp);
  if (!services.some((service) => service.metadata.name === "kubernetes")) {
    if (master && hasClusterIp(master)) services.push(master);
  }
  const variables = services.flatMap(variablesOf);
  made.set(own, { master, variables });
  return variables;
}

const NONE: readonly Service[] = [];
/** What was made of a list last: as long as no Service changes, each list of them is the same one. */
const made = new WeakMap<readonly Service[], { master: Service | undefined; variables: Variable[] }>();

function hasClusterIp({ spec }: Service): boolean {
  const { clusterIP } = spec;
  return clusterIP !== undefined && clusterIP !== "" && clusterIP !== "None";
}

function variablesOf(service: Service): { name: string; value: string }[] {
  const prefix = variableName(service.metadata.name);
  const ip = service.spec.clusterIP ?? "";
  const ports = service.spec.ports ?? [];
  const first = ports[0];
  if (!first) return [];
  const variables = [
    { name: `${prefix}_SERVICE_HOST`, value: ip },
    { name: `${prefix}_SERVICE_PORT`, value: String(first.port) },
  ];
  for (const port of ports) {
    if (port.name) {
      variables.push({ name: `${prefix}_SERVICE_PORT_${variableName(port.name)}`, value: String(port.port) });
    }
  }
  ports.forEach((port, index) => {
    const protocol = (port.protocol ?? "TCP").toLowerCase();
    const url = `${protocol}://${ip}:${port.port}`;
    const link = `${prefix}_PORT_${port.port}_${protocol.toUpperCase()}`;
    if (index === 0) variables.push({ name: `${prefix}_PORT`, value: url });
    variables.push(
      { name: link, value: url },
      { name: `${link}_PROTO`, value: protocol },
      { name: `${link}_PORT`, value: String(port.port) },
      { name: `${link}_ADDR`, value: ip },
    );
  });
  return variables;
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}
