import AppLayout from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useMay, useSession } from '../api/session.ts';
import { ageFlashes, clearFlashes } from '../components/flashes.ts';
import { PageContext, type PageFacts } from '../components/page.ts';
import { isNarrow, useNarrow, useTall } from '../components/use-window.ts';
import { Banners } from './Banners.tsx';
import { useGo } from './navigation.ts';
import { home } from './paths.ts';
import { placeOf, placesFor } from './places.ts';
import { TopBar } from './TopBar.tsx';

export function Layout() {
  const { Instance } = useSession();
  const may = useMay();
  const go = useGo();
  const path = useLocation({ select: (location) => location.publicHref.split(/[?#]/)[0] ?? '' });
  const [facts, setFacts] = useState<PageFacts>({ title: '', crumbs: [], contentType: 'default' });
  const [open, setOpen] = useState(!isNarrow());
  const narrow = useNarrow();
  const tall = useTall();
  const content = usePageFocus(path);
  useValidLandmarks();
  useEffect(clearFlashes, []);
  const follow = (event: CustomEvent<{ href?: string; external?: boolean }>) => {
    event.preventDefault();
    if (event.detail.href) go(event.detail.href);
    if (narrow) setOpen(false);
  };
  return (
    <PageContext value={setFacts}>
      <TopBar />
      <AppLayout
        headerSelector="#top-navigation"
        contentType={facts.contentType}
        toolsHide
        stickyNotifications={!narrow && tall}
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        navigationWidth={240}
        ariaLabels={{
          navigation: 'Places',
          navigationToggle: 'Open the places',
          navigationClose: 'Close the places',
          notifications: 'Notifications',
        }}
        navigation={
          <SideNavigation
            header={{ text: Instance.Alias ?? '', href: home }}
            activeHref={placeOf(path)}
            onFollow={follow}
            items={placesFor(may).map((group) => ({
              type: 'section',
              text: group.text,
              items: group.places.map((place) => ({ type: 'link', text: place.text, href: place.href })),
            }))}
          />
        }
        breadcrumbs={
          facts.crumbs.length > 0 ? (
            <BreadcrumbGroup items={[...facts.crumbs, { text: facts.title, href: path }]} onFollow={follow} />
          ) : undefined
        }
        notifications={<Banners />}
        content={
          <div ref={content} tabIndex={-1} className="page">
            <Outlet />
          </div>
        }
      />
    </PageContext>
  );
}

/** A new page begins at its beginning for keyboard and screen reader too, as a full page load would. */
function usePageFocus(path: string) {
  const content = useRef<HTMLDivElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    ageFlashes();
    content.current?.focus({ preventScroll: true });
  }, [path]);
  return content;
}

/**
 * Cloudscape's phone toolbar puts aria-orientation on its <nav>, which has no such attribute: assistive technology may
 * then take it for a toolbar. It comes anew whenever the window becomes narrow, hence after each render.
 */
function useValidLandmarks() {
  useEffect(() => {
    for (const nav of document.querySelectorAll('nav[aria-orientation]')) nav.removeAttribute('aria-orientation');
  });
}
