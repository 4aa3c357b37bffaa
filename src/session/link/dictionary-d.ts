// The preset dictionary of codec "d": text that manifests and scenarios often contain, the commonest last, where
// matches are cheapest. It must never change: links made with it decode for ever. A better one gets a new letter.

const PARTS = [
  '"type":"exec","namespace":"default","pod":"","container":"","command":["rm","-f","/var/ready"]',
  '"type":"setFaults","faults":{"slowMs":,"localhostOnly":true,"failStatus":500}',
  '"type":"nodePower","node":"node-","up":false},{"at":',
  '"type":"api","request":{"method":"PATCH","path":"/apis/apps/v1/namespaces/default/deployments/","contentType":"application/merge-patch+json","body":{"spec":{"replicas":}}}',
  '"type":"api","request":{"method":"DELETE","path":"/api/v1/namespaces/default/pods/","body":{"propagationPolicy":"Background"}}',
  '{"name":"client","location":{"kind":"pod","namespace":"default","labels":{"app":""}},"program":"browser","url":"http://',
  '{"name":"client-a","location":{"kind":"outside","ip":"198.51.100.7"},"program":"curl","url":"http://{node:1}:30080/","method":"GET","headers":{},"rate":2,"keepAlive":false,"cookies":false,"hosts":{"kubia.example.com":"{ingress}"}}',
  "kind: Secret\nmetadata:\n  name: tls-secret\ntype: kubernetes.io/tls\ndata:\n  tls.crt: \n  tls.key: \n",
  "kind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  ",
  "kind: Namespace\nmetadata:\n  name: ",
  "---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: \n  labels:\n    kubernetes.io/service-name: \naddressType: IPv4\nendpoints:\n- addresses:\n  - ",
  "apiVersion: v1\nkind: Endpoints\nmetadata:\n  name: external-service\nsubsets:\n- addresses:\n  - ip: 11.11.11.11\n  - ip: 22.22.22.22\n  ports:\n  - port: 80\n",
  "  type: ExternalName\n  externalName: api.somecompany.com\n",
  "  annotations:\n    nginx.ingress.kubernetes.io/rewrite-target: /\n    nginx.ingress.kubernetes.io/affinity: cookie\n    nginx.ingress.kubernetes.io/session-cookie-name: ",
  "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  ingressClassName: nginx\n  tls:\n  - hosts:\n    - example.com\n    secretName: tls-secret\n  defaultBackend:\n  rules:\n  - host: kubia.example.com\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            name: \n            port:\n              number: 80\n              name: http\n",
  "      initContainers:\n      volumes:\n      - name: data\n        emptyDir: {}\n      - name: config\n        configMap:\n          name: \n      nodeSelector:\n      affinity:\n      tolerations:\n      terminationGracePeriodSeconds: 30\n      restartPolicy: Always\n",
  '        command: ["sh", "-c", "sleep 3600"]\n        args:\n        - ',
  "        volumeMounts:\n        - name: data\n          mountPath: /var/\n        resources:\n          requests:\n            cpu: 100m\n            memory: 128Mi\n          limits:\n",
  "        env:\n        - name: \n          value: \n          valueFrom:\n            configMapKeyRef:\n            secretKeyRef:\n            fieldRef:\n              fieldPath: metadata.name\n",
  "        lifecycle:\n          preStop:\n            exec:\n              command:\n",
  "        livenessProbe:\n          httpGet:\n            path: /healthz\n            port: 8080\n          tcpSocket:\n          initialDelaySeconds: 5\n          periodSeconds: 10\n          timeoutSeconds: 1\n          failureThreshold: 3\n          successThreshold: 1\n        readinessProbe:\n          exec:\n            command:\n            - ls\n            - /var/ready\n          periodSeconds: 1\n          failureThreshold: 1\n",
  "    spec:\n      nodeName: node-\n      serviceAccountName: default\n      hostNetwork: true\n",
  "  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n  minReadySeconds: \n",
  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: client\n  namespace: default\n  labels:\n    app: client\nspec:\n  containers:\n  - name: main\n    image: curlimages/curl\n    image: busybox\n    image: nginx:1.27\n    image: luksa/kubia\n    ports:\n    - containerPort: 80\n",
  "apiVersion: v1\nkind: ReplicationController\nmetadata:\n  name: kubia\nspec:\n  replicas: 3\n  selector:\n    app: kubia\n  template:\n    metadata:\n      labels:\n        app: kubia\n    spec:\n      containers:\n      - name: kubia\n        image: luksa/kubia\n        ports:\n        - name: http\n          containerPort: 8080\n",
  "---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels:\n    app: web\nspec:\n  replicas: 3\n  selector:\n    matchLabels:\n      app: web\n      tier: frontend\n      version: v1\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - name: web\n        image: \n        imagePullPolicy: IfNotPresent\n        ports:\n        - containerPort: 8080\n          protocol: TCP\n",
  "spec:\n  clusterIP: None\n  publishNotReadyAddresses: true\n  externalTrafficPolicy: Local\n  internalTrafficPolicy: Cluster\n  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 10800\n  externalIPs:\n  loadBalancerSourceRanges:\n",
  "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: kubia-nodeport\n  namespace: \n  labels:\n    app: \nspec:\n  type: LoadBalancer\n  type: ClusterIP\n  type: NodePort\n  selector:\n    app: kubia\n  ports:\n  - name: http\n    protocol: TCP\n    port: 80\n    targetPort: 8080\n    nodePort: 30123\n  - name: https\n    port: 443\n    targetPort: 8443\n",
];

export const DICTIONARY_D = PARTS.join("");
