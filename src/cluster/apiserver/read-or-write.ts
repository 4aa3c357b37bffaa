// GET, PUT and PATCH of one object, or of a subresource that is such a part of it.
import type { Answer, ResourceRequest } from "./handle.ts";
import { getOne } from "./read-requests.ts";
import type { Server } from "./server.ts";
import { methodNotAllowed } from "./status.ts";
import { handlePatch, handleReplace } from "./write-requests.ts";

export function readOrWrite(server: Server, about: ResourceRequest): Answer {
  switch (about.request.method) {
    case "GET":
      return getOne(server, about);
    case "PUT":
      return handleReplace(server, about);
    case "PATCH":
      return handlePatch(server, about);
    default:
      throw methodNotAllowed();
  }
}
