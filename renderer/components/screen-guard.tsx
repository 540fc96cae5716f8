/** A screen that throws while it is drawn leaves the rest of the window usable. */
import { Component, type ReactNode } from 'react';

interface ScreenGuardProps {
  /** Another key is another try. */
  children: ReactNode;
  fallback: (error: Error, retry: () => void) => ReactNode;
}

export class ScreenGuard extends Component<ScreenGuardProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    return error ? this.props.fallback(error, () => this.setState({ error: null })) : this.props.children;
  }
}
