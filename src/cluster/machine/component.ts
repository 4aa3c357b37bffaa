// The shape of everything that lives in the cluster: controllers, the scheduler, kubelets, kube-proxy, the network.
// A component holds plain data, is woken by timers and by changes of the kinds that it watches, and meets the
// others only through the API server, the network and the container runtime. Nothing in here may suspend.
import type { AnyObject, KindMap, KindName } from "#api/kinds";
import type { Json } from "#base/json";
import type { RandomState } from "#base/random";
import type { ApiClient } from "../apiserver/client.ts";
import type { HttpClient } from "../http-client/types.ts";
import type { Network } from "../network/types.ts";
import type { Runtime } from "../process/types.ts";
import type { ClusterSettings } from "../settings.ts";
import type { Trace } from "../trace/types.ts";

/** Whom to wake with an answer: the component, its timer, and what it wants back beside the answer. */
export interface Address {
  to: string;
  what: string;
  data: Json;
}

/** One committed change of one object, as a watch shows it. Objects are immutable: share them, never write to them. */
export interface Change {
  type: "ADDED" | "MODIFIED" | "DELETED";
  kind: KindName;
  object: AnyObject;
  /** The object before, absent when it was added. */
  old?: AnyObject;
}

export interface Context {
  /** Virtual milliseconds since the cluster's start. */
  readonly now: number;
  readonly settings: ClusterSettings;
  readonly api: ApiClient;
  readonly network: Network;
  readonly runtime: Runtime;
  readonly http: HttpClient;
  readonly trace: Trace;
  /** The same as milliseconds since 1970. */
  readonly wallMs: number;
  /** The component's own stream. */
  readonly random: RandomState;
  /** `now` as RFC 3339 with whole seconds. */
  timestamp(): string;
  /** Wakes this component after `delayMs`; returns an id for cancel(). */
  after(delayMs: number, what: string, data?: Json): number;
  cancel(timerId: number): void;
  /** Delivers an answer after `delayMs` to whoever asked: the timer's data is `{...address.data, ...answer}`. */
  reply(address: Address, answer: { [key: string]: Json }, delayMs?: number): void;
}

export interface Component<S = unknown> {
  /** Also the address of its timers, such as "kubelet". */
  name: string;
  /** Builds the component's state when the cluster starts. Components start in the order of the registry. */
  start(context: Context): S;
  /** Kinds whose changes it hears of. */
  watches?: readonly KindName[];
  /** How long after a commit it hears of it, in virtual ms (default 1). Changes that arrive meanwhile come along. */
  watchDelayMs?: (context: Context) => number;
  onChanges?(context: Context, state: S, changes: readonly Change[]): void;
  timers?: Record<string, (context: Context, state: S, data: never) => void>;
}

/** A component that others call: its functions appear in every Context under the service's key. */
export interface Service<S = unknown, Api = unknown> extends Component<S> {
  provide(context: ServiceContext, state: S): Api;
}

export interface ServiceContext extends Context {
  /** For the API server only: tells the machine of a committed change, which reaches every watcher. */
  publish(change: Change): void;
}

/** Registers a component with its state type erased; the machine keeps each state beside its component. */
export function defineComponent<S>(component: Component<S>): Component {
  return component as unknown as Component;
}

export function defineService<S, Api>(service: Service<S, Api>): Service<unknown, Api> {
  return service as unknown as Service<unknown, Api>;
}

/** Narrows a change to a kind: `if (isKind(change, "Pod")) change.object.spec...` */
export function isKind<K extends KindName>(
  change: Change,
  kind: K,
): change is Change & { kind: K; object: KindMap[K]; old?: KindMap[K] } {
  return change.kind === kind;
}
