// The names that the little internet knows, and their addresses.
export const INTERNET_NAMES: Record<string, string[]> = {
  "example.com.": ["198.51.100.80"],
  "www.example.com.": ["198.51.100.80"],
  "api.somecompany.com.": ["198.51.100.81"],
  "someapi.somecompany.com.": ["198.51.100.81"],
  "docs.somecompany.com.": ["198.51.100.85"],
};

/** A server that knows its own site only, by that site's name. */
export const NAMED_SITE = { ip: "198.51.100.85", name: "docs.somecompany.com" };
