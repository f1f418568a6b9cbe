import type { Screen } from '../../ui/screen.ts';
import Page from './Account.svelte';

export default { Page } satisfies Screen;
