import TopNavigation from '@cloudscape-design/components/top-navigation';
import { explain } from '../api/errors.ts';
import { signOut, useMay, useSession } from '../api/session.ts';
import { flash } from '../components/flashes.ts';
import { chooseTheme, type Theme, useTheme } from '../components/theme.ts';
import { useGo, useHref } from './navigation.ts';

const themes: readonly { readonly id: Theme; readonly text: string }[] = [
  { id: 'system', text: 'Like the system' },
  { id: 'light', text: 'Light' },
  { id: 'dark', text: 'Dark' },
];

export function TopBar() {
  const { Instance, User } = useSession();
  const may = useMay();
  const go = useGo();
  const href = useHref();
  const theme = useTheme();
  const leave = () =>
    signOut().then(
      () => window.location.assign(href({ to: '/sign-in', search: { why: 'SIGNED_OUT' } })),
      (error: unknown) => flash({ type: 'error', header: 'You are still signed in', content: explain(error).message }),
    );
  const name = `${User.FirstName ?? ''} ${User.LastName ?? ''}`.trim();
  return (
    <div id="top-navigation">
      <TopNavigation
        identity={{
          href: href({ to: '/' }),
          title: 'Cordboard',
          onFollow: (event) => {
            event.preventDefault();
            go({ to: '/' });
          },
        }}
        utilities={[
          {
            type: 'menu-dropdown',
            iconName: 'settings',
            ariaLabel: 'Appearance',
            title: 'Appearance',
            items: themes.map(({ id, text }) => ({ id, text, itemType: 'checkbox', checked: id === theme })),
            onItemClick: ({ detail }) => chooseTheme(themes.find(({ id }) => id === detail.id)?.id ?? 'system'),
          },
          {
            type: 'menu-dropdown',
            iconName: 'user-profile',
            text: `${User.Username} @ ${Instance.Alias}`,
            description: name === '' ? undefined : name,
            items: [
              { id: 'account', text: 'My account' },
              ...(may('Users.View') ? [{ id: 'me', text: 'My user' }] : []),
              { id: 'sign-out', text: 'Sign out' },
            ],
            onItemClick: ({ detail }) => {
              if (detail.id === 'account') go({ to: '/account' });
              else if (detail.id === 'me') go({ to: '/users/$userId', params: { userId: User.Id } });
              else void leave();
            },
          },
        ]}
      />
    </div>
  );
}
