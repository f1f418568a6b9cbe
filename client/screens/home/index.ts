import type { Screen } from '../../ui/screen.ts';
import Page from './Home.svelte';

export default { Page } satisfies Screen;
