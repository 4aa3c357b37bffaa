// What of a node's disk a hostPath volume finds, where the manifest says what there has to be.
// Kubernetes: pkg/volume/hostpath/host_path.go, checkTypeInternal (v1.35)

const DIRECTORIES =
  "/ /bin /boot /dev /etc /etc/cni /etc/cni/net.d /etc/kubernetes /etc/kubernetes/manifests /etc/ssl /etc/ssl/certs /home /lib /lib/modules /media /mnt /opt /opt/cni /opt/cni/bin /proc /root /run /run/containerd /sbin /srv /sys /sys/fs /sys/fs/cgroup /tmp /usr /usr/lib /usr/local /usr/share /usr/share/ca-certificates /usr/src /var /var/cache /var/lib /var/lib/containerd /var/lib/kubelet /var/lib/kubelet/pods /var/lib/kubelet/plugins /var/log /var/log/containers /var/log/pods /var/run /var/spool /var/tmp";
const FOUND: Record<string, ReadonlySet<string>> = {
  Directory: new Set(DIRECTORIES.split(" ")),
  File: new Set(
    "/etc/fstab /etc/group /etc/hostname /etc/hosts /etc/localtime /etc/machine-id /etc/nsswitch.conf /etc/os-release /etc/passwd /etc/resolv.conf /var/lib/kubelet/config.yaml".split(
      " ",
    ),
  ),
  Socket: new Set(["/run/containerd/containerd.sock", "/var/run/containerd/containerd.sock"]),
  CharDevice: new Set("/dev/fuse /dev/kmsg /dev/null /dev/random /dev/urandom /dev/zero".split(" ")),
  BlockDevice: new Set(["/dev/sda", "/dev/sda1"]),
};
const WANTED: Record<string, string> = {
  Directory: "a directory",
  File: "a file",
  Socket: "a socket file",
  CharDevice: "a character device",
  BlockDevice: "a block device",
};

/** `made` are directories that other volumes brought into being. Undefined: all is well. */
export function hostPathProblem(
  { path, type = "" }: { path: string; type?: string },
  made: ReadonlySet<string>,
): string | undefined {
  const there = FOUND[type];
  if (!there) return undefined;
  const plain = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  if (there.has(plain) || (type === "Directory" && made.has(path))) return undefined;
  return `hostPath type check failed: ${path} is not ${WANTED[type]}`;
}
