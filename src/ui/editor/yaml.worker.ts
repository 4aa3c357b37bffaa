// The YAML language server that completes, explains and checks manifests against the Kubernetes schema.
import "monaco-yaml/yaml.worker.js";
