import { expect, test } from "vitest";
import { headerText, hostsText, parseHeaders, parseHosts } from "./client-lines.ts";

test("headers are lines, also while one is half typed", () => {
  expect(parseHeaders("Host: kubia.example.com\n\nAccept:\nX-Half")).toEqual({
    Host: "kubia.example.com",
    Accept: "",
    "X-Half": "",
  });
  expect(headerText({ Host: "kubia.example.com", Accept: "" })).toBe("Host: kubia.example.com\nAccept:");
});

test("a line of /etc/hosts has an address and its names", () => {
  expect(parseHosts("{ingress}  kubia.example.com foo.example.com\n198.51.100.7")).toEqual({
    "kubia.example.com": "{ingress}",
    "foo.example.com": "{ingress}",
  });
  expect(hostsText({ "kubia.example.com": "{ingress}" })).toBe("{ingress} kubia.example.com");
});
