// Notes beside the selected request's track.
export function Notes() {
  return null;
}
