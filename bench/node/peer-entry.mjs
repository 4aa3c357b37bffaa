// The peer's package lacks import extensions, so Node can only run it bundled.
export * from "@ngrok/webernetes";
