import { useEffect, useRef, type ReactNode } from 'react';
import { hasMoved } from '../route/moved.js';

/** The heading of what is shown. Who came here by a link finds the focus on it, so that the new page is read. */
export function Title({ level, children }: { readonly level: 1 | 2; readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasMoved()) heading.current?.focus();
  }, []);
  const Heading = `h${level}` as const;
  return <Heading ref={heading} tabIndex={-1}>{children}</Heading>;
}
