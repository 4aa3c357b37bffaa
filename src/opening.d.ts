// What the build records of the first example; null while developing, where the worker is there at once.
declare module "virtual:opening" {
  const recording: import("#session/opening/recording").Recording | null;
  export default recording;
}
