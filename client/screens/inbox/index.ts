import type { Screen } from '../../ui/screen.ts';
import Page from './Inbox.svelte';

export default { Page: Page as Screen['Page'] } satisfies Screen;
