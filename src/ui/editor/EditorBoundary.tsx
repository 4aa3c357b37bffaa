// If Monaco fails (an old browser, a blocked worker), the page lives on with a plain text area.
import { Component } from "react";

interface Props {
  fallback: React.ReactNode;
  children: React.ReactNode;
}

export class EditorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): React.ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
