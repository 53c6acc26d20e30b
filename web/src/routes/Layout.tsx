import AppLayout from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { Outlet, useLocation, useMatches, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useMay, useSession } from '../api/session.ts';
import { ageFlashes, clearFlashes } from '../components/flashes.ts';
import { NoPermission } from '../components/NoPermission.tsx';
import { PageContext, type PageTold } from '../components/page.ts';
import { type PagePanel, PanelContext } from '../components/page-panel.ts';
import { isNarrow, useNarrow, useTall } from '../components/use-window.ts';
import { Banners } from './Banners.tsx';
import { useFollow, useKeepAddress, useReturn } from './navigation.ts';
import { above, factsOf, missingFor, type Page, pagesOf, placeOf, placesFor, titleOf } from './page-facts.ts';
import { TopBar } from './TopBar.tsx';

const analytics = 'Analytics and optimization';

export function Layout() {
  const { Instance } = useSession();
  const may = useMay();
  const goTo = useFollow();
  const asLeft = useReturn();
  const { page, pages, hrefOf } = usePages();
  const path = useLocation({ select: (location) => location.pathname });
  const [told, setTold] = useState<PageTold>({});
  const [panel, setPanel] = useState<PagePanel | null>(null);
  const [open, setOpen] = useState(!isNarrow());
  const narrow = useNarrow();
  const tall = useTall();
  const content = usePageFocus(path);
  useValidLandmarks();
  useKeepAddress();
  useEffect(clearFlashes, []);
  const follow = (event: CustomEvent<{ href?: string; external?: boolean }>) => {
    event.preventDefault();
    if (event.detail.href) goTo(event.detail.href);
    if (narrow) setOpen(false);
  };
  const facts = factsOf(page);
  const refused = missingFor(page, may);
  const title = told.notice ?? titleOf(facts, told.name);
  const place = placeOf(page);
  const crumbs = [
    ...above(page).map((each) => ({ text: titleOf(factsOf(each), told.name), page: each })),
    { text: title, page },
  ];
  useEffect(() => {
    document.title = `${title} · Cordboard`;
  }, [title]);
  return (
    <PageContext value={setTold}>
      <TopBar />
      <AppLayout
        headerSelector="#top-navigation"
        contentType={refused ? 'default' : facts.width}
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
            header={{ text: Instance.Alias ?? '', href: '/console/' }}
            activeHref={place ? hrefOf(place) : ''}
            onFollow={follow}
            items={placesFor(pages, may).map(({ group, pages: places }) => ({
              type: 'section',
              text: group,
              items: places.map((each) => ({ type: 'link', text: titleOf(factsOf(each)), href: hrefOf(each) })),
            }))}
          />
        }
        breadcrumbs={
          crumbs.length > 1 ? (
            <BreadcrumbGroup
              items={crumbs.map((crumb) => ({ text: crumb.text, href: asLeft(hrefOf(crumb.page)) }))}
              onFollow={follow}
            />
          ) : undefined
        }
        notifications={<Banners showsHistory={place !== undefined && factsOf(place).place === analytics} />}
        splitPanel={panel?.element}
        splitPanelOpen={panel !== null}
        onSplitPanelToggle={({ detail }) => {
          if (!detail.open) panel?.onClose();
        }}
        content={
          <div ref={content} tabIndex={-1} className="page">
            <PanelContext value={setPanel}>{refused ? <NoPermission permission={refused} /> : <Outlet />}</PanelContext>
          </div>
        }
      />
    </PageContext>
  );
}

/** All pages, the one in sight, and the addresses of pages with the params that it has. */
function usePages(): { page: Page; pages: Page[]; hrefOf: (page: Page) => string } {
  const router = useRouter();
  const pages = pagesOf(router);
  const id = useMatches({ select: (matches) => matches.at(-1)?.routeId });
  return {
    pages,
    page: pages.find((each) => each.id === id) ?? router.routesById['/console/$'],
    hrefOf: ({ fullPath }) => router.buildLocation({ to: fullPath, params: true }).publicHref,
  };
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
