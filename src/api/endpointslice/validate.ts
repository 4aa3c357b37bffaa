// Which EndpointSlices the API server accepts.
// Kubernetes: ValidateEndpointSlice in pkg/apis/discovery/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import type { EndpointSlice } from "./types.ts";

export function validateSlice(_slice: EndpointSlice): FieldError[] {
  return [];
}

export const validateSliceUpdate = (next: EndpointSlice, _previous: EndpointSlice): FieldError[] =>
  validateSlice(next);
