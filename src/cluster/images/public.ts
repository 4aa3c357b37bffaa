// Well-known public images that are not modelled: where they listen without being told, and which of them only run a
// shell or a language's prompt, so that they end at once without a terminal. generic.ts asks.
// Facts: the images' own documentation.

/** By the end of the repository's name: "wordpress", "prom/prometheus". UDP ports have a "u" behind them. */
const PORTS: Record<string, string> = {
  adminer: "8080",
  "arangodb/arangodb": "8529",
  "argoproj/argocd": "8080",
  "bitnami/apache": "8080 8443s",
  "bitnami/mariadb": "3306",
  "bitnami/mongodb": "27017",
  "bitnami/mysql": "3306",
  "bitnami/nginx": "8080",
  "bitnami/postgresql": "5432",
  "bitnami/rabbitmq": "5672 15672",
  "bitnami/redis": "6379",
  "bitnami/wordpress": "8080",
  "bitnamilegacy/redis": "6379",
  caddy: "80 443s",
  cassandra: "9042 7000",
  consul: "8500 8600u",
  couchbase: "8091",
  couchdb: "5984",
  "docker/getting-started": "80",
  "dockersamples/101-tutorial": "80",
  "dockersamples/examplevotingapp_result": "80",
  "dockersamples/examplevotingapp_vote": "80",
  "dockersamples/static-site": "80",
  drupal: "80",
  "ealen/echo-server": "80",
  "eclipse-mosquitto": "1883",
  elasticsearch: "9200 9300",
  "elasticsearch/elasticsearch": "9200 9300",
  "envoyproxy/envoy": "10000",
  etcd: "2379",
  fluentd: "24224",
  ghost: "2368",
  "gitea/gitea": "3000 22",
  "google-samples/gb-frontend": "80",
  "google-samples/gb-redis-follower": "6379",
  "google-samples/node-hello": "8080",
  "google-samples/whereami": "8080",
  "google-samples/xtrabackup": "",
  "grafana/grafana": "3000",
  "grafana/loki": "3100",
  "hashicorp/consul": "8500 8600u",
  "hashicorp/vault": "8200",
  influxdb: "8086",
  "istio/examples-bookinfo-details-v1": "9080",
  "istio/examples-bookinfo-productpage-v1": "9080",
  "istio/examples-bookinfo-ratings-v1": "9080",
  "istio/examples-bookinfo-reviews-v1": "9080",
  "istio/examples-bookinfo-reviews-v2": "9080",
  "istio/examples-bookinfo-reviews-v3": "9080",
  "istio/examples-helloworld-v1": "5000",
  "istio/examples-helloworld-v2": "5000",
  "jaegertracing/all-in-one": "16686 4317 4318 14268",
  jenkins: "8080 50000",
  "jenkins/jenkins": "8080 50000",
  jetty: "8080",
  "jmalloc/echo-server": "8080",
  joomla: "80",
  "kennethreitz/httpbin": "80",
  "keycloak/keycloak": "8080",
  kibana: "5601",
  "kibana/kibana": "5601",
  kong: "8000 8001",
  "kong/httpbin": "80",
  "kuar-demo/kuard-amd64": "8080",
  "kubernetesui/dashboard": "8443s",
  "library/registry": "5000",
  "linkerd/helloworld": "7777",
  "luksa/kiada": "8080",
  "luksa/kiada-ssl-proxy": "8443s 9901",
  "luksa/kubia-pet": "8080",
  "luksa/quiz-api": "8080",
  matomo: "80",
  "mccutchen/go-httpbin": "8080",
  "mendhak/http-https-echo": "8080 8443s",
  "metrics-server/metrics-server": "10250s",
  "minio/minio": "9000",
  "mockserver/mockserver": "1080",
  "mongo-express": "8081",
  nats: "4222 8222",
  neo4j: "7474 7687",
  nextcloud: "80",
  "nginx/nginx-ingress": "80 443s 8081",
  "nginxdemos/hello": "80",
  "nginxdemos/nginx-hello": "8080",
  "oauth2-proxy/oauth2-proxy": "4180",
  odoo: "8069",
  "opensearchproject/opensearch": "9200",
  "openzipkin/zipkin": "9411",
  "paulbouwer/hello-kubernetes": "8080",
  phpmyadmin: "80",
  "phpmyadmin/phpmyadmin": "80",
  "pihole/pihole": "80 53u",
  "portainer/portainer-ce": "9000 9443s",
  "prom/alertmanager": "9093",
  "prom/node-exporter": "9100",
  "prom/prometheus": "9090",
  "prometheus/prometheus": "9090",
  "prom/statsd-exporter": "9102",
  rabbitmq: "5672 15672",
  redmine: "3000",
  rethinkdb: "8080 28015",
  "rocketchat/rocket.chat": "3000",
  serve_hostname: "9376",
  "e2e-test-images/serve-hostname": "9376",
  solr: "8983",
  sonarqube: "9000",
  "stefanprodan/podinfo": "9898 9999",
  "strm/helloworld-http": "80",
  telegraf: "8125u",
  tomcat: "8080",
  traefik: "80",
  "traefik/traefik": "80",
  "training/webapp": "5000",
  "tutum/hello-world": "80",
  varnish: "80",
  vault: "8200",
  "vaultwarden/server": "80",
  "weaveworksdemos/front-end": "8079",
  "websphere-liberty": "9080",
  wordpress: "80",
  "yeasy/simple-web": "80",
  zookeeper: "2181",
};

/** Systems and languages: what they run by themselves reads from a terminal. */
const PROMPTS = new Set(
  "almalinux alt amazoncorretto amazonlinux archlinux bash buildpack-deps centos clojure eclipse-temurin elixir erlang fedora gcc golang gradle groovy haskell haxe ibmjava java julia maven mageia node openjdk oraclelinux perl photon pypy python r-base rockylinux ruby rust sapmachine sl swift".split(
    " ",
  ),
);

export interface KnownPort {
  port: number;
  protocol: "TCP" | "UDP";
  tls?: true;
}

export function knownPorts(repository: string): KnownPort[] {
  const parts = repository.split("/");
  const names = [parts.slice(-2).join("/"), ...(isOfficial(parts) ? parts.slice(-1) : [])];
  const found = names.map((name) => PORTS[name]).find((ports) => ports !== undefined);
  return (found?.match(/\d+[us]?/g) ?? []).map((text) => ({
    port: Number.parseInt(text, 10),
    protocol: text.endsWith("u") ? "UDP" : "TCP",
    ...(text.endsWith("s") && { tls: true as const }),
  }));
}

/** Whether it ends at once where nobody types. */
export function isPrompt(repository: string): boolean {
  const parts = repository.split("/");
  return isOfficial(parts) && PROMPTS.has(parts.at(-1)!);
}

/** Docker Hub's own images, and those of Kubernetes' registry that have no folder. */
function isOfficial(parts: readonly string[]): boolean {
  return parts.at(-2) === "library" || (parts.length === 2 && parts[0] === "registry.k8s.io");
}
