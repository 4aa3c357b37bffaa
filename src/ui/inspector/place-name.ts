// What a place of the network is called in words. The log and the inspector name them so.
import type { Place } from "#cluster/trace/types";

export function placeName(place: Place): string {
  switch (place.kind) {
    case "client":
    case "node":
    case "pod":
      return place.name;
    case "loadBalancer":
      return place.ip;
    case "ingress":
      return "Ingress";
    case "internet":
      return place.ip;
  }
}
