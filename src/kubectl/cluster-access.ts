// All that kubectl knows of the cluster comes through this one function.
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";

export type Handle = (request: ApiRequest) => ApiResponse;
