import { createContext, type ReactElement, use, useEffect } from 'react';

/** What a page shows beside itself: a split panel of the layout around it. */
export interface PagePanel {
  readonly element: ReactElement;
  /** Its own cross; whoever opened it has the focus again. */
  readonly onClose: () => void;
}

export const PanelContext = createContext<(panel: PagePanel | null) => void>(() => {});

/** Null: none. */
export function usePagePanel(panel: PagePanel | null): void {
  const tell = use(PanelContext);
  useEffect(() => {
    tell(panel);
    return () => tell(null);
  }, [tell, panel]);
}
